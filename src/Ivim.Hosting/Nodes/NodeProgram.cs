using System.Globalization;
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
        log.Say($"{options.Role} {NodeName.OfThisProcess} starts");
        Func<NodeEnd?, CancellationToken, Task<RunningNode>> start;
        if (options.Role == NodeRoles.Seed)
        {
            var journal = JournalAddress.Parse(options.Journal ?? work.Journal);
            start = new SeedNode(options, work, journal, log).StartAsync;
        }
        else
        {
            WarnOfThreads(log);
            start = new WorkerNode(options, work, log).StartAsync;
        }
        return await new NodeLife(start, log, options.Grace, TimeProvider.System).RunAsync(stop);
    }

    /// <summary>The OpenMP runtime reads the variable when it is loaded: only the starter of the process can set it.</summary>
    private static void WarnOfThreads(NodeLog log)
    {
        const string variable = "OMP_NUM_THREADS";
        if (Environment.GetEnvironmentVariable(variable) != 1.ToString(CultureInfo.InvariantCulture))
            log.Warn($"{variable} is not 1: threads of several slots will compete for the cores");
    }
}
