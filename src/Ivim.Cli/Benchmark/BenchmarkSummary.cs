using Ivim.Physics;
using Ivim.Physics.Evaluation;

namespace Ivim.Cli.Benchmark;

/// <summary>Brings the runs of each phantom, signal-to-noise ratio and method together.</summary>
internal static class BenchmarkSummary
{
    // Of the intervals alone: neither noise nor networks read it.
    private const ulong BootstrapStream = 3;

    /// <param name="spreads">Spread over seeds by phantom, signal-to-noise ratio, method and parameter.</param>
    public static IReadOnlyList<SummaryRow> Of(BenchmarkPlan plan, IReadOnlyList<CellResult> cells,
        IReadOnlyDictionary<(string Phantom, double Snr, string Method, string Parameter), double> spreads)
    {
        var stream = new RandomStream(plan.Seed, BootstrapStream);
        var rows = new List<SummaryRow>();
        foreach (var scans in cells.Where(cell => cell.NetworkSeed == 0)
            .GroupBy(cell => (cell.Phantom, cell.SignalToNoise)))
        {
            var reference = ReferenceOf(scans.Key.Phantom);
            var peers = scans.Where(cell => cell.Method == reference).OrderBy(cell => cell.Realisation).ToArray();
            rows.AddRange(scans.GroupBy(cell => cell.Method).Select(runs =>
                Row([.. runs.OrderBy(cell => cell.Realisation)], peers, spreads, stream)));
        }
        // In the order of the plan, whatever came first.
        return
        [
            .. from phantom in plan.Phantoms
               from snr in plan.SignalToNoise
               from method in plan.Methods
               from row in rows
               where row.Phantom == phantom.Name && row.SignalToNoise == snr && row.Method == method
               select row,
        ];
    }

    private static string ReferenceOf(string phantom) =>
        BenchmarkPhantom.Named(phantom).IsRandom ? MethodSets.ReferenceOfRandom : MethodSets.Reference;

    private static SummaryRow Row(CellResult[] runs, CellResult[] peers,
        IReadOnlyDictionary<(string, double, string, string), double> spreads, RandomStream stream)
    {
        var first = runs[0];
        string[] names = [.. first.Parameters.Keys];
        var pairs = runs.Join(peers, run => run.Realisation, peer => peer.Realisation, (run, peer) => (run, peer))
            .ToArray();
        return new SummaryRow
        {
            Phantom = first.Phantom,
            SignalToNoise = first.SignalToNoise,
            Method = first.Method,
            Realisations = runs.Length,
            Seconds = runs.Average(run => run.Seconds),
            Parameters = names.ToDictionary(name => name, name => Parameter(name, runs, pairs, stream) with
            {
                SeedSpread = spreads.TryGetValue((first.Phantom, first.SignalToNoise, first.Method, name), out double s)
                    ? s : null,
            }),
            Ratio = RatioOver(names, pairs, stream),
            Correlations = first.Correlations.Keys.ToDictionary(
                name => name, name => runs.Average(run => run.Correlations[name])),
        };
    }

    private static SummaryParameter Parameter(
        string name, CellResult[] runs, (CellResult, CellResult)[] pairs, RandomStream stream)
    {
        CellParameter[] found = [.. runs.Select(run => run.Parameters[name])];
        var rmse = Bootstrap.Interval(
            found.Length, chosen => Pooled(chosen.Select(i => found[i].Pooled.Rmse)), stream);
        return new SummaryParameter
        {
            Rmse = rmse,
            NormalisedRmse = rmse.Estimate / found.Average(run => run.Pooled.MeanTruth),
            ConstantRmse = Pooled(found.Select(run => run.Pooled.ConstantRmse)),
            RankCorrelation = found.Average(run => run.Pooled.RankCorrelation),
            Ratio = RatioOver([name], pairs, stream),
            Coverage = found.Average(run => run.Coverage),
            Seam = found.Average(run => run.Seam),
            AtBounds = found.Average(run => run.AtBounds),
            Regions = [.. found[0].Regions.Select((region, place) => Region(
                region.Region, [.. found.Select(run => run.Regions[place].Errors)]))],
        };
    }

    private static SummaryRegion Region(string name, ErrorMetrics[] errors) => new(name, errors[0].Voxels,
        errors.Average(error => error.MeanTruth), Pooled(errors.Select(error => error.Rmse)),
        errors.Average(error => error.RelativeBias), errors.Average(error => error.RelativeMedianBias),
        errors.Average(error => error.CoefficientOfVariation));

    private static BootstrapInterval? RatioOver(
        string[] names, (CellResult Run, CellResult Peer)[] pairs, RandomStream stream)
    {
        if (pairs.Length == 0) return null;
        return Bootstrap.Interval(pairs.Length, chosen => Math.Exp(names.Average(name => Math.Log(
            Pooled(chosen.Select(i => pairs[i].Run.Parameters[name].Pooled.Rmse))
            / Pooled(chosen.Select(i => pairs[i].Peer.Parameters[name].Pooled.Rmse))))), stream);
    }

    /// <summary>All realisations have the same voxels, so that squares are averaged.</summary>
    private static double Pooled(IEnumerable<double> rmse) => Math.Sqrt(rmse.Average(value => value * value));
}
