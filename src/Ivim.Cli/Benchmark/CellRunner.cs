using System.Text;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Physics.Phantoms;

namespace Ivim.Cli.Benchmark;

/// <summary>Simulates, maps and evaluates one run, through the very code of `ivim map`.</summary>
internal sealed class CellRunner(Terminal terminal, IMapRunner runner, BenchmarkPlan plan, BenchmarkFolder folder)
{
    private string? _written;

    /// <returns>The cell, and whether it was there already.</returns>
    /// <exception cref="Ivim.Physics.RefusalException">The method cannot map this phantom.</exception>
    public async Task<(CellResult Cell, bool WasThere)> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var recipe = run.Phantom.Recipe(plan.Size, run.SignalToNoise, plan.Seed, run.Realisation);
        var identity = BenchmarkFolder.Identity(run, recipe);
        if (folder.Find(run, identity) is { } known) return (known, true);
        var scan = folder.Scan(run);
        if (_written != scan.Image)
        {
            scan.Write(Phantom.Make(recipe, Environment.ProcessorCount), force: false, cancellation);
            _written = scan.Image;
        }
        Directory.CreateDirectory(folder.Maps(run));
        AtomicFile.Write(folder.Protocol(run),
            Encoding.UTF8.GetBytes(Domain.Protocols.ProtocolJson.WriteReadable(run.Method.Protocol)));
        var options = new MapOptions
        {
            Input = scan.Image,
            Mask = scan.Mask,
            Out = folder.Maps(run),
            Work = folder.Work,
            Protocol = folder.Protocol(run),
            Workers = plan.Workers,
            Quiet = true,
        };
        long started = terminal.Clock.GetTimestamp();
        await ProgressView.ShowAsync(
            terminal, quiet: true, progress => runner.RunAsync(options, progress, cancellation));
        double seconds = terminal.Clock.GetElapsedTime(started).TotalSeconds;
        var cell = CellEvaluation.Of(run, identity, options.Out, scan.Truth, seconds);
        folder.Keep(run, cell);
        return (cell, false);
    }
}
