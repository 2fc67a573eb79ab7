using System.Collections.Immutable;
using Ivim.Cli.Mapping;
using Ivim.Imaging.Volumes;
using Ivim.Physics;
using Ivim.Physics.Evaluation;
using Ivim.Physics.Uncertainty;

namespace Ivim.Cli.Evaluation;

/// <summary>Compares the maps of a study with its truth.</summary>
internal static class MapEvaluation
{
    /// <summary>Below it there is too little perfusion for a D*.</summary>
    private const double LeastFWithDStar = 0.03;

    /// <exception cref="RefusalException">Something is missing, or the images do not belong together.</exception>
    public static EvaluationReport Run(EvaluateOptions options) => Run(
        options, MapFolder.Open(options.Estimate, options.Polished), TruthFolder.Open(options.Truth));

    /// <summary>The same of maps and truth that are open already.</summary>
    public static EvaluationReport Run(EvaluateOptions options, MapFolder maps, TruthFolder truth)
    {
        SameGrid.Require(maps.Header, truth.Header, "the maps");
        bool[] compared = Compared(options, maps, truth);
        RequireFinite(maps, compared);
        var reference = options.Reference is { } folder ? Reference(folder, truth) : null;
        var borders = Borders(options, maps);
        byte[] labels = [.. truth.Labels.Zip(compared, (label, inside) => inside ? label : (byte)0)];
        int voxels = compared.Count(inside => inside), sliceVoxels = (int)truth.Header.Shape.VoxelsPerSlice;
        return new EvaluationReport
        {
            Parameters = [.. MapParameter.All.Select(parameter => new ParameterErrors(parameter,
                RegionalErrors.Table(maps.Maps[parameter], truth.Maps[parameter], labels, truth.RegionNames),
                SeamIndex.Measure(
                    maps.Maps[parameter], (reference ?? truth.Maps)[parameter], compared, sliceVoxels, borders),
                Coverage(maps, truth, parameter, compared)))],
            Voxels = voxels,
            UnmappedVoxels = truth.Labels.Count(label => label != 0) - voxels,
            SeamsPairedWith = borders.Count == 0 ? null : reference is null ? "truth" : "reference",
        };
    }

    private static ParameterCoverage? Coverage(
        MapFolder maps, TruthFolder truth, MapParameter parameter, bool[] compared)
    {
        if (!maps.Errors.TryGetValue(parameter, out var errors)) return null;
        bool[] counts = parameter == MapParameter.DStar
            ? [.. compared.Zip(truth.Maps[MapParameter.F], (inside, f) => inside && f > LeastFWithDStar)] : compared;
        double Held(bool[] voxels) => IntervalCoverage.Of90Percent(
            maps.Maps[parameter], errors, truth.Maps[parameter], voxels);
        return new ParameterCoverage(Held(counts), maps.Reliable is { } reliable
            ? Held([.. counts.Zip(reliable, (inside, flag) => inside && flag)]) : double.NaN);
    }

    /// <summary>The voxels with a truth that the given mask, or else the maps' own, lets through.</summary>
    public static bool[] Compared(EvaluateOptions options, MapFolder maps, TruthFolder truth)
    {
        bool[]? mapped = options.Mask is { } path ? MaskFile.Read(path, truth.Header) : maps.Mask;
        bool[] compared = [.. truth.Labels.Select((label, voxel) => label != 0 && mapped?[voxel] != false)];
        return compared.Contains(true) ? compared : throw new RefusalException("EVALUATION-EMPTY",
            "no voxel with both a truth and an estimate", "at least one", "give another mask");
    }

    private static IReadOnlyDictionary<MapParameter, float[]> Reference(string folder, TruthFolder truth)
    {
        var reference = MapFolder.Open(folder);
        SameGrid.Require(reference.Header, truth.Header, "the reference");
        return reference.Maps;
    }

    private static void RequireFinite(MapFolder maps, bool[] compared)
    {
        foreach (var (parameter, voxels) in maps.Maps)
        {
            int broken = voxels.Where((value, voxel) => compared[voxel] && !float.IsFinite(value)).Count();
            if (broken > 0)
                throw new RefusalException("MAPS-NOT-FINITE", $"{broken} voxels of {parameter.Symbol} without a number",
                    "a finite number in every mapped voxel", "map the study again");
        }
    }

    /// <summary>The last slice of every slab but the last.</summary>
    private static ImmutableHashSet<int> Borders(EvaluateOptions options, MapFolder maps)
    {
        int slices = maps.Header.Shape.Slices;
        IEnumerable<int> ends = options.SlabSlices is { } count
            ? SlabLayout.Cut(slices, count, haloSlices: 0).Select(slab => slab.CoreLast)
            : maps.Slabs is { } slabs ? slabs.Select(slab => slab.Last) : [];
        ImmutableHashSet<int> borders = [.. ends.Where(end => end < slices - 1)];
        if (options.Reference is not null && borders.IsEmpty)
            throw new RefusalException("SLABS-UNKNOWN", "a reference but no border between slabs",
                "maps made of several slabs", "say --slab-slices or leave the reference out");
        return borders;
    }
}
