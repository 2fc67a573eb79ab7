using System.Collections.Immutable;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Imaging.Bids;
using Ivim.Physics;

namespace Ivim.Cli.BidsApp;

/// <summary>Maps one series after the other; one that fails costs the others nothing.</summary>
/// <param name="options">What holds for all; input and side-cars are each series' own.</param>
internal sealed class BidsAppRun(Terminal terminal, IMapRunner runner, MapOptions options)
{
    public async Task<ExitCode> MapAsync(ImmutableArray<BidsSeries> series, CancellationToken cancellation)
    {
        long started = terminal.Clock.GetTimestamp();
        var shared = SharedNames(series);
        var results = new List<SeriesResult>();
        foreach (var one in series)
        {
            if (!options.Quiet) terminal.Error.WriteLine($"[{results.Count + 1}/{series.Length}] {one.Name}");
            results.Add(new SeriesResult(one.Name.ToString(), await MapAsync(one, shared, cancellation)));
        }
        int failed = results.Count(result => result.Report.Errors.Count > 0);
        if (options.Json)
        {
            double seconds = Math.Round(terminal.Clock.GetElapsedTime(started).TotalSeconds, 3);
            terminal.Output.WriteLine(JsonLine.Of(new { Series = results, Failed = failed, Seconds = seconds }));
        }
        else terminal.Output.WriteLine($"{results.Count - failed} of {results.Count} series mapped");
        return failed == 0 ? ExitCode.Done : ExitCode.FailedWork;
    }

    private async Task<JsonReport> MapAsync(
        BidsSeries series, HashSet<string> shared, CancellationToken cancellation)
    {
        long started = terminal.Clock.GetTimestamp();
        try
        {
            series.RequireItsFolder();
            RequireOwnName(series, shared);
            var wanted = options with
            {
                Input = series.ImagePath,
                Bval = series.SideCars.RequireBValues(),
                Bvec = series.SideCars.BVectorPath,
                Mask = series.MaskPath,
            };
            var report = await ProgressView.ShowAsync(
                terminal, options.Quiet, progress => runner.RunAsync(wanted, progress, cancellation));
            double seconds = terminal.Clock.GetElapsedTime(started).TotalSeconds;
            MapSummary.Write(terminal, report, seconds, withPaths: !options.Json);
            return JsonReport.Of(report, seconds);
        }
#pragma warning disable CA1031 // Whatever one series ends with, the others are mapped.
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var failure = Failure.Of(exception);
            terminal.Error.WriteLine($"error {series.Name}: {failure.Message}");
            return JsonReport.OfFailure(failure);
        }
    }

    /// <summary>Outputs that more than one series would write.</summary>
    private static HashSet<string> SharedNames(IEnumerable<BidsSeries> series) =>
        [.. series.GroupBy(OutputOf).Where(same => same.Count() > 1).Select(same => same.Key)];

    private static void RequireOwnName(BidsSeries series, HashSet<string> shared)
    {
        if (shared.Contains(OutputOf(series)))
            throw new RefusalException("BIDS-SAME-NAME",
                "two series that differ only in desc, model, param or in the ending of the file",
                "one series for each name of an output", "select one with --entity, or take the other away");
    }

    private static string OutputOf(BidsSeries series) => new BidsOutput(series.Name).Provenance;

    private sealed record SeriesResult(string Name, JsonReport Report);
}
