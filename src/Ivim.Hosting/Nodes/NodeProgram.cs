using System.Globalization;
using Ivim.Hosting.History;
using Ivim.Hosting.Journals;

namespace Ivim.Hosting.Nodes;

/// <summary>The seed and worker programs, from arguments to exit code.</summary>
public static class NodeProgram
{
    private static readonly string[] HelpWords = ["--help", "-h", "-?"];

    /// <returns>0 after an orderly end on request; otherwise see <see cref="NodeFailure"/>.</returns>
    public static async Task<int> RunAsync(NodeRoles role, string[] arguments)
    {
        if (arguments.Any(HelpWords.Contains))
        {
            await Console.Out.WriteAsync(NodeHelp.Text(role));
            return 0;
        }
        using var signals = new StopSignals();
        try
        {
            var options = NodeOptionsReader.Read(role, arguments, Environment.GetEnvironmentVariable);
            return await LiveAsync(options, signals.Requested) ? 0 : NodeFailure.Failed;
        }
#pragma warning disable CA1031 // Whatever escapes becomes one line and an exit code, never a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var failure = NodeFailure.Of(e);
            await Console.Error.WriteLineAsync(failure.Line);
            return failure.ExitCode;
        }
    }

    private static async Task<bool> LiveAsync(NodeOptions options, CancellationToken stop)
    {
        using var work = WorkFolder.OpenShared(options.Work);
        var log = new NodeLog(options.Log, TimeProvider.System);
        using var history = options.History is { } folder
            ? new HistoryFile(folder, NodeName.OfThisProcess, TimeProvider.System) : null;
        log.Say($"{options.Role} {NodeName.OfThisProcess} starts");
        WarnOfFaults(log);
        return options.Role == NodeRoles.Seed
            ? await SeedAsync(options, work, log, history, stop) : await WorkerAsync(options, work, log, history, stop);
    }

    private static Task<bool> SeedAsync(
        NodeOptions options, WorkFolder work, NodeLog log, HistoryFile? history, CancellationToken stop)
    {
        var journal = JournalAddress.Parse(options.Journal ?? work.Journal);
        var seed = new SeedNode(options, work, journal, log, history);
        return new NodeLife(seed.StartAsync, log, options.Grace, TimeProvider.System).RunAsync(stop);
    }

    private static async Task<bool> WorkerAsync(
        NodeOptions options, WorkFolder work, NodeLog log, HistoryFile? history, CancellationToken stop)
    {
        WarnOfThreads(log);
        var worker = new WorkerNode(options, work, log, history);
        bool orderly = await new NodeLife(worker.StartAsync, log, options.Grace, TimeProvider.System).RunAsync(stop);
        await worker.StopWorkAsync();
        return orderly;
    }

    /// <summary>OpenMP reads the variable when it is loaded: only the starter of the process can set it.</summary>
    private static void WarnOfThreads(NodeLog log)
    {
        const string variable = "OMP_NUM_THREADS";
        if (Environment.GetEnvironmentVariable(variable) != 1.ToString(CultureInfo.InvariantCulture))
            log.Warn($"{variable} is not 1: threads of several slots will compete for the cores");
    }

    /// <summary>Hooks for tests of whole processes: no installation sets them.</summary>
    private static void WarnOfFaults(NodeLog log)
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("IVIM_TEST_", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            log.Warn($"{name} is set: this node makes faults on demand, and its results are for tests alone");
    }
}
