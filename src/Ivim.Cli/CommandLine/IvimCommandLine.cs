using System.CommandLine;
using System.CommandLine.Parsing;
using Ivim.Cli.Benchmark;
using Ivim.Cli.BidsApp;
using Ivim.Cli.Cohorts;
using Ivim.Cli.Conversion;
using Ivim.Cli.Demo;
using Ivim.Cli.Evaluation;
using Ivim.Cli.Export;
using Ivim.Cli.LocalCluster;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Cli.Planning;
using Ivim.Cli.Protocols;
using Ivim.Cli.Remote;
using Ivim.Cli.Reports;
using Ivim.Cli.Simulation;
using Ivim.Cli.Storage;

namespace Ivim.Cli.CommandLine;

/// <summary>The program `ivim`: which commands it has, and how each of them may end.</summary>
public sealed class IvimCommandLine
{
    private readonly Terminal _terminal;
    private readonly RootCommand _root;

    /// <param name="mapRunner">What maps a study; without it the commands that map are absent.</param>
    public IvimCommandLine(Terminal terminal, IMapRunner? mapRunner)
    {
        _terminal = terminal;
        _root = new RootCommand("Intravoxel incoherent motion (IVIM) maps from diffusion MRI.")
        {
            ConvertCommand.Create(terminal),
            ExportCommand.Create(terminal),
            SimulateCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            ProtocolCommand.Create(terminal),
            CohortCommand.Create(terminal),
            PlanCommand.Create(terminal),
            WhyCommand.Create(terminal),
            FsckCommand.Create(terminal),
            GcCommand.Create(terminal),
            ReportCommand.Create(terminal),
            SubmitCommand.Create(terminal),
            StatusCommand.Create(terminal),
            WatchCommand.Create(terminal),
            StudyOrders.Cancel(terminal),
            StudyOrders.Retry(terminal),
            ClusterCommand.Create(terminal),
        };
        if (mapRunner is null) return;
        _root.Add(MapCommand.Create(terminal, mapRunner));
        _root.Add(BidsAppCommand.Create(terminal, mapRunner));
        _root.Add(DemoCommand.Create(terminal, mapRunner));
        _root.Add(BenchmarkCommand.Create(terminal, mapRunner));
    }

    /// <summary>Without arguments it shows its help: that is what a first call asks for.</summary>
    public async Task<int> RunAsync(string[] arguments)
    {
        using var interruption = new Interruption();
        var configuration = new InvocationConfiguration
        {
            Output = _terminal.Output,
            Error = _terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            var parsed = _root.Parse(arguments.Length == 0 ? ["--help"]
                : BidsAppForm.Named(arguments, _root.Subcommands.Select(command => command.Name)));
            if (parsed.Errors.Count > 0) return (int)Report(UsageFailure(parsed), arguments);
            return await parsed.InvokeAsync(configuration, interruption.Token);
        }
#pragma warning disable CA1031 // The last line of defence: whatever escapes becomes one line and an exit code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (int)Report(Explained(exception), arguments);
        }
    }

    private static Failure UsageFailure(ParseResult parsed)
    {
        var names = "";
        SymbolResult? at = parsed.CommandResult;
        for (; at is CommandResult { Command: not RootCommand } named; at = at.Parent)
            names = $"{named.Command.Name} {names}";
        return Failure.Usage(PlainWords.Of(parsed.Errors[0].Message.TrimEnd('.')), names);
    }

    private Failure Explained(Exception exception)
    {
        var failure = Failure.Of(exception);
        if (!failure.HasReport) return failure;
        var report = DefectReport.Write(exception, _terminal.Clock.GetUtcNow());
        return failure with { Message = failure.Message + (report is null ? "" : $" (details: {report})") };
    }

    private ExitCode Report(Failure failure, string[] arguments)
    {
        _terminal.Error.WriteLine("error " + failure.Message);
        if (arguments.Contains(SharedOptions.JsonName))
            _terminal.Output.WriteLine(JsonReport.OfFailure(failure).ToJson());
        return failure.ExitCode;
    }
}
