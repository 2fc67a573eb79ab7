using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ivim.Imaging.Nifti;

namespace Ivim.Faults.Tests.Scans;

/// <summary>The maps of one study in an output folder, found by the names of DESIGN section 9.</summary>
internal sealed class PublishedMaps(string root, string name = "sub-01")
{
    private const int GzipTimeAt = 4;

    public static IReadOnlyList<string> All { get; } =
    [
        "D", "f", "Dstar", "S0", "D-std", "f-std", "Dstar-std", "S0-std", "rmse", "mask", "reliable",
        "D-polished", "f-polished", "Dstar-polished", "S0-polished",
        "D-polished-std", "f-polished-std", "Dstar-polished-std", "S0-polished-std",
    ];

    public JsonNode? Provenance
    {
        get
        {
            string file = InFolder($"{name}_desc-provenance_dwi.json");
            return File.Exists(file) ? JsonNode.Parse(File.ReadAllBytes(file)) : null;
        }
    }

    /// <summary>SHA-256 of the voxels as little-endian float32; null if the map is not there.</summary>
    public string? VoxelHash(string map) => File.Exists(Image(map))
        ? Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(NiftiFile.Read(Image(map)).Voxels)))
        : null;

    public Dictionary<string, string> Hashes() => All.Where(map => File.Exists(Image(map)))
        .ToDictionary(map => map, map => VoxelHash(map)!);

    /// <summary>Images whose gzip header holds a time, which no two runs share.</summary>
    public IEnumerable<string> FilesWithTime() => All.Where(map => File.Exists(Image(map))).Where(map =>
    {
        using var file = File.OpenRead(Image(map));
        var header = new byte[GzipTimeAt + 4];
        file.ReadExactly(header);
        return header.AsSpan(GzipTimeAt).ContainsAnyExcept((byte)0);
    });

    private string Image(string map) => InFolder(map switch
    {
        "mask" => $"{name}_desc-ivim_mask.nii.gz",
        "reliable" => $"{name}_desc-reliable_mask.nii.gz",
        _ when map.Split('-', 2) is [var parameter, var kind] =>
            $"{name}_model-ivim_desc-{kind.Replace("-", "", StringComparison.Ordinal)}_param-{parameter}_dwimap.nii.gz",
        _ => $"{name}_model-ivim_param-{map}_dwimap.nii.gz",
    });

    private string InFolder(string file) => Path.Combine(root, name, "dwi", file);
}
