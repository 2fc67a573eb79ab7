using System.Text.Json;
using System.Text.Json.Nodes;
using Ivim.Actors.Stages;
using Ivim.Domain.Protocols;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Actors.Reports;

/// <summary>What a report tells of: the published maps of one study and, where they are known, its signals.</summary>
internal sealed class ReportMaterial
{
    private readonly Dictionary<string, ReportMap?> _maps = [];
    private readonly Destination _destination;

    /// <exception cref="RefusalException">
    /// REPORT-NO-MAPS, REPORT-PROVENANCE, a code of the protocol or a NIfTI code.
    /// </exception>
    /// <param name="provenance">That will stand beside the maps; null where it does already.</param>
    public ReportMaterial(Destination destination, byte[]? provenance)
    {
        _destination = destination;
        if (provenance is null && !File.Exists(destination.Provenance)) throw NoMaps();
        (Provenance, Protocol, Slabs) = ReadProvenance(provenance ?? File.ReadAllBytes(destination.Provenance));
        var mask = ReadImage(OutputMaps.Mask) ?? throw NoMaps();
        Header = mask.Header;
        Mask = Array.ConvertAll(mask.Voxels, value => value > 0);
        Voxels = [.. Enumerable.Range(0, Mask.Length).Where(voxel => Mask[voxel])];
    }

    public JsonObject Provenance { get; }

    public Protocol Protocol { get; }

    /// <summary>First and last slice of each slab.</summary>
    public IReadOnlyList<(int First, int Last)> Slabs { get; }

    public NiftiHeader Header { get; }

    public bool[] Mask { get; }

    /// <summary>Indices of the mask's voxels in [z, y, x], ascending.</summary>
    public int[] Voxels { get; }

    /// <summary>Null without a work folder, or where it has forgotten the study.</summary>
    public ReportSignals? Signals { get; set; }

    /// <summary>The scan at its lowest b-value, [z, y, x]; null where the scan is not at hand.</summary>
    public float[]? Anatomy { get; set; }

    public ReportRegions? Regions { get; init; }

    public string Text(string field) => (string?)Provenance[field] ?? "";

    /// <summary>A published map; null where the protocol makes none.</summary>
    /// <param name="name">As in the provenance: `D`, `D-std`, `f-polished` and so on.</param>
    /// <exception cref="RefusalException">REPORT-NO-MAPS, SHAPE-MISMATCH or a NIfTI code.</exception>
    public ReportMap? Map(string name)
    {
        if (_maps.TryGetValue(name, out var known)) return known;
        var volume = Provenance["voxelSha256"]?[name] is null ? null : (ReadImage(name) ?? throw NoMaps()).Voxels;
        if (volume is not null && volume.Length != Mask.Length)
            throw new RefusalException("SHAPE-MISMATCH", "a map of another shape than its mask",
                "maps of one study", "map the study again");
        return _maps[name] = volume is null ? null : new ReportMap(volume, Voxels);
    }

    private NiftiImage? ReadImage(string name) =>
        File.Exists(_destination.Image(name)) ? NiftiFile.Read(_destination.Image(name)) : null;

    private static (JsonObject, Protocol, IReadOnlyList<(int, int)>) ReadProvenance(byte[] bytes)
    {
        try
        {
            var document = JsonNode.Parse(bytes)!.AsObject();
            if ((string?)document["schema"] != ProvenanceDocument.Schema) throw new JsonException("another schema");
            var slabs = document["slabs"]!.AsArray().Select(slab => ((int)slab![0]!, (int)slab[1]!)).ToArray();
            return (document, ProtocolJson.Read(document["protocol"]!.ToJsonString()), slabs);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException
            or NullReferenceException or ArgumentOutOfRangeException)
        {
            throw new RefusalException("REPORT-PROVENANCE", "a provenance that is none of this program's",
                "one that `ivim map` wrote", "map the study again", broken);
        }
    }

    private static RefusalException NoMaps() => new("REPORT-NO-MAPS", "a study without its maps or its provenance",
        "an output folder that `ivim map` finished", "map the study, or name its output folder");
}
