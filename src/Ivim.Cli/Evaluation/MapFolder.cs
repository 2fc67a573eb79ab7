using System.Collections.Immutable;
using Ivim.Cli.Mapping;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Cli.Evaluation;

/// <summary>The published maps of one study, as `ivim map` wrote them somewhere below a folder.</summary>
/// <param name="Header">Of the map of D.</param>
/// <param name="Maps">One volume for each parameter, x fastest.</param>
/// <param name="Mask">The voxels that were mapped, where the folder says so.</param>
/// <param name="Slabs">First and last slice of every slab, where the folder says so.</param>
internal sealed record MapFolder(
    NiftiHeader Header, IReadOnlyDictionary<MapParameter, float[]> Maps, bool[]? Mask,
    ImmutableArray<(int First, int Last)>? Slabs)
{
    private const string Polished = "desc-polished_";
    private const string Deviation = "desc-std_", PolishedDeviation = "desc-polishedstd_";

    /// <summary>Standard deviations, of the parameters that have a map of them.</summary>
    public IReadOnlyDictionary<MapParameter, float[]> Errors { get; private init; } =
        ImmutableDictionary<MapParameter, float[]>.Empty;

    /// <summary>Where D* is identifiable, where the folder says so.</summary>
    public bool[]? Reliable { get; private init; }

    /// <exception cref="RefusalException">
    /// MAPS-MISSING, MAPS-AMBIGUOUS, PROVENANCE-BROKEN, SHAPE-MISMATCH, GEOMETRY-MISMATCH or a NIfTI code.
    /// </exception>
    /// <param name="polished">The polished maps in place of the others.</param>
    public static MapFolder Open(string folder, bool polished = false)
    {
        var description = polished ? Polished : "";
        var paths = MapParameter.All.ToDictionary(
            parameter => parameter, parameter => PathOf(folder, parameter, description));
        var first = NiftiFile.Read(paths[MapParameter.D]);
        var maps = paths.ToDictionary(entry => entry.Key, entry =>
        {
            if (entry.Key == MapParameter.D) return first.Voxels;
            var image = NiftiFile.Read(entry.Value);
            SameGrid.Require(image.Header, first.Header, "a map");
            return image.Voxels;
        });
        var mask = Only(folder, "*_desc-ivim_mask.nii.gz", "masks");
        var provenance = Only(folder, "*_desc-provenance_dwi.json", "provenance files");
        return new MapFolder(first.Header, maps, mask is null ? null : MaskFile.Read(mask, first.Header),
            provenance is null ? null : ProvenanceSlabs.Read(provenance))
        {
            Errors = ErrorsOf(folder, first.Header, polished ? PolishedDeviation : Deviation),
            Reliable = Only(folder, "*_desc-reliable_mask.nii.gz", "masks of reliable voxels") is { } reliable
                ? ReadFlags(reliable, first.Header) : null,
        };
    }

    private static Dictionary<MapParameter, float[]> ErrorsOf(
        string folder, NiftiHeader grid, string description)
    {
        var errors = new Dictionary<MapParameter, float[]>();
        foreach (var parameter in MapParameter.All)
        {
            string things = $"standard deviations of {parameter.Symbol}";
            if (Only(folder, Pattern(parameter, description), things) is not { } path) continue;
            var image = NiftiFile.Read(path);
            SameGrid.Require(image.Header, grid, "a standard deviation");
            errors.Add(parameter, image.Voxels);
        }
        return errors;
    }

    /// <summary>A mask that may be empty.</summary>
    private static bool[] ReadFlags(string path, NiftiHeader grid)
    {
        var image = NiftiFile.Read(path);
        SameGrid.Require(image.Header, grid, "the mask of reliable voxels");
        return Array.ConvertAll(image.Voxels, value => value > 0);
    }

    private static string Pattern(MapParameter parameter, string description) =>
        $"*_model-ivim_{description}param-{parameter.Name}_dwimap.nii.gz";

    private static string PathOf(string folder, MapParameter parameter, string description) =>
        Only(folder, Pattern(parameter, description), $"maps of {parameter.Symbol}")
        ?? throw new RefusalException("MAPS-MISSING", $"no map of {parameter.Symbol}", "a folder that `ivim map` wrote",
            "map the study first");

    private static string? Only(string folder, string pattern, string things)
    {
        string[] found = Directory.Exists(folder)
            ? Directory.GetFiles(folder, pattern, SearchOption.AllDirectories)
            : [];
        if (found.Length > 1)
            throw new RefusalException("MAPS-AMBIGUOUS", $"{found.Length} {things}", "those of one study",
                "name the folder of one subject and session");
        return found.FirstOrDefault();
    }
}
