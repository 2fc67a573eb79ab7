using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Hosting;
using Ivim.Physics;

namespace Ivim.Cli.Benchmark;

/// <summary>`ivim benchmark --out DIR`: methods against each other on phantoms with known truth.</summary>
internal static class BenchmarkCommand
{
    public static Command Create(Terminal terminal, IMapRunner runner)
    {
        var arguments = new BenchmarkArguments();
        var command = new Command("benchmark", "Compare methods on phantoms: errors, intervals, tables, plots.");
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = arguments.Plan(parsed);
            // What cannot be written at the end is refused at the beginning.
            var document = arguments.Document(parsed) is { } path ? DocumentSection.Of(path) : null;
            var progress = arguments.Quiet(parsed) ? TextWriter.Null : terminal.Error;
            var result = await RunAsync(
                terminal with { Error = progress }, runner, plan, arguments.Folder(parsed), cancellation);
            var files = BenchmarkFiles.Write(result, arguments.Folder(parsed), document);
            foreach (var failed in result.Failed) terminal.Error.WriteLine($"error {failed.Message}");
            if (arguments.Json(parsed)) terminal.Output.WriteLine(BenchmarkReport.Json(result, files));
            else BenchmarkReport.Write(terminal, result, files);
            return (int)(result.Failed.Count == 0 ? ExitCode.Done : ExitCode.FailedWork);
        });
        return command;
    }

    private static async Task<BenchmarkResult> RunAsync(
        Terminal terminal, IMapRunner runner, BenchmarkPlan plan, string root, CancellationToken cancellation)
    {
        var folder = new BenchmarkFolder(root, plan);
        var cells = new CellRunner(terminal, runner, plan, folder);
        var runs = plan.Runs();
        if (runs.Count == 0)
            throw new RefusalException("BENCHMARK-EMPTY", "no method that can map one of the phantoms",
                "at least one", "choose other methods or phantoms");
        var found = new List<CellResult>();
        var finished = new List<BenchmarkRun>();
        var failed = new List<FailedRun>();
        for (int i = 0; i < runs.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var run = runs[i];
            var name = $"[{i + 1}/{runs.Count}] {run}";
            try
            {
                var (cell, wasThere) = await cells.RunAsync(run, cancellation);
                found.Add(cell);
                finished.Add(run);
                if (!wasThere) terminal.Error.WriteLine($"{name}: {cell.Seconds:F1} s");
            }
            catch (Exception failure) when (IsOfTheRun(failure))
            {
                var reason = Failure.Of(failure);
                failed.Add(new FailedRun(run.Phantom.Name, run.SignalToNoise, run.Realisation, run.MethodName,
                    reason.Code, reason.Message));
                terminal.Error.WriteLine($"{name}: {reason.Code}");
            }
        }
        return new BenchmarkResult
        {
            Plan = plan,
            Machine = BenchmarkMachine.OfThisProcess(),
            Cells = found,
            Rows = BenchmarkSummary.Of(plan, found, NetworkSpread.Of(folder, finished)),
            LeastErrors = plan.Phantoms.Any(phantom => phantom.IsRandom)
                ? plan.SignalToNoise.ToDictionary(snr => snr, snr => LeastError.Of(plan, snr)) : [],
            Failed = failed,
        };
    }

    /// <summary>
    /// One run that comes to nothing does not cost the comparison of the others; what the machine lacks, all lack.
    /// </summary>
    private static bool IsOfTheRun(Exception failure) => failure is StudyFailedException
        || (failure is RefusalException && Failure.Of(failure).ExitCode != ExitCode.Environment);
}
