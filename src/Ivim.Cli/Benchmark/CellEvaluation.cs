using Ivim.Cli.Evaluation;
using Ivim.Cli.Mapping;
using Ivim.Domain.Protocols;
using Ivim.Physics.Evaluation;

namespace Ivim.Cli.Benchmark;

/// <summary>Compares the maps of a run with the truth of its phantom.</summary>
internal static class CellEvaluation
{
    public static IReadOnlyList<MapParameter> Parameters { get; } =
        [MapParameter.D, MapParameter.F, MapParameter.DStar];

    public static CellResult Of(
        BenchmarkRun run, string identity, string folder, string truthFolder, double seconds)
    {
        var options = new EvaluateOptions
        {
            Estimate = folder, Truth = truthFolder, Polished = run.Method.IsPolished,
        };
        var maps = MapFolder.Open(folder, options.Polished);
        var truth = TruthFolder.Open(truthFolder);
        var report = MapEvaluation.Run(options, maps, truth);
        bool[] compared = MapEvaluation.Compared(options, maps, truth);
        return new CellResult
        {
            Identity = identity,
            Phantom = run.Phantom.Name,
            SignalToNoise = run.SignalToNoise,
            Realisation = run.Realisation,
            NetworkSeed = run.NetworkSeed,
            Method = run.Method.Name,
            ProtocolSeed = run.Method.Protocol.Seed,
            Seconds = Math.Round(seconds, 1),
            Voxels = report.Voxels,
            UnmappedVoxels = report.UnmappedVoxels,
            Parameters = report.Parameters.Where(errors => Parameters.Contains(errors.Parameter)).ToDictionary(
                errors => errors.Parameter.Name,
                errors => new CellParameter(errors.Regions, errors.Seam?.Index,
                    errors.Coverage is { All: var share } && double.IsFinite(share) ? share : null,
                    AtBounds(maps.Maps[errors.Parameter], compared,
                        BoundsOf(errors.Parameter, run.Method.Protocol.Bounds)))),
            Correlations = Correlations(maps, compared),
        };
    }

    /// <summary>The estimates of the voxels that have a truth.</summary>
    public static float[] Inside(float[] map, bool[] compared) => [.. map.Where((_, voxel) => compared[voxel])];

    /// <summary>Share of the compared voxels that lie within 1 % of the bounds' width of a bound.</summary>
    public static double AtBounds(float[] map, bool[] compared, Interval bounds)
    {
        double margin = 0.01 * (bounds.Upper - bounds.Lower);
        var inside = Inside(map, compared);
        return (double)inside.Count(value => value <= bounds.Lower + margin || value >= bounds.Upper - margin)
            / inside.Length;
    }

    private static Interval BoundsOf(MapParameter parameter, BoundsRules bounds) =>
        parameter == MapParameter.D ? bounds.D : parameter == MapParameter.F ? bounds.F : bounds.DStar;

    private static Dictionary<string, double> Correlations(MapFolder maps, bool[] compared)
    {
        var inside = Parameters.ToDictionary(
            parameter => parameter, parameter => Inside(maps.Maps[parameter], compared));
        return new[]
        {
            (MapParameter.D, MapParameter.F), (MapParameter.D, MapParameter.DStar),
            (MapParameter.F, MapParameter.DStar),
        }.ToDictionary(pair => $"{pair.Item1.Name}-{pair.Item2.Name}",
            pair => RankCorrelation.Spearman(inside[pair.Item1], inside[pair.Item2]));
    }
}
