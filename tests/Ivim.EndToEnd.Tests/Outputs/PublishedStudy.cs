using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ivim.Imaging.Nifti;

namespace Ivim.EndToEnd.Tests.Outputs;

/// <summary>The output folder of one study, by the names of DESIGN section 9.</summary>
internal sealed class PublishedStudy(string root, string name = "sub-01")
{
    public static readonly string[] Parameters = ["D", "f", "Dstar", "S0"];

    private static readonly string[] Plain =
        [.. Parameters, .. Parameters.Select(parameter => parameter + "-std"), "rmse", "mask", "reliable"];

    private static readonly string[] Polished =
    [
        .. Parameters.Select(parameter => parameter + "-polished"),
        .. Parameters.Select(parameter => parameter + "-polished-std"),
    ];

    /// <summary>Each map by the name that `--json` gives it; the polished ones all together or not at all.</summary>
    public IEnumerable<string> AllMaps => Polished.Any(map => File.Exists(Image(map))) ? Plain.Concat(Polished) : Plain;

    public string Provenance => InFolder($"{name}_desc-provenance_dwi.json");

    public string DatasetDescription => Path.Combine(root, "dataset_description.json");

    public string Image(string map) => InFolder(map switch
    {
        "mask" => $"{name}_desc-ivim_mask.nii.gz",
        "reliable" => $"{name}_desc-reliable_mask.nii.gz",
        _ when map.Split('-', 2) is [var parameter, var kind] =>
            $"{name}_model-ivim_desc-{kind.Replace("-", "", StringComparison.Ordinal)}_param-{parameter}_dwimap.nii.gz",
        _ => $"{name}_model-ivim_param-{map}_dwimap.nii.gz",
    });

    public string SideCar(string map) => Image(map).Replace(".nii.gz", ".json", StringComparison.Ordinal);

    public NiftiImage Read(string map) => NiftiFile.Read(Image(map));

    /// <summary>SHA-256 of the voxels as they read back, as little-endian float32.</summary>
    public string VoxelHash(string map) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(Read(map).Voxels)));

    /// <summary>The hash of every map.</summary>
    public SortedDictionary<string, string> Hashes() =>
        new(AllMaps.ToDictionary(map => map, VoxelHash), StringComparer.Ordinal);

    public static JsonNode Json(string path) => JsonNode.Parse(File.ReadAllBytes(path))!;

    private string InFolder(string file) => Path.Combine(root, name, "dwi", file);
}
