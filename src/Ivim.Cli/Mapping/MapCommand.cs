using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;

namespace Ivim.Cli.Mapping;

/// <summary>`ivim map INPUT --out DIR`: maps one study on this machine.</summary>
internal static class MapCommand
{
    public static Command Create(Terminal terminal, IMapRunner runner)
    {
        var arguments = new MapArguments();
        var command = new Command("map", "Map one study: D, f, D* and S0 with their uncertainty.");
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
            (int)await RunAsync(terminal, runner, arguments.Read(parsed), cancellation));
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        Terminal terminal, IMapRunner runner, MapOptions options, CancellationToken cancellation)
    {
        long started = terminal.Clock.GetTimestamp();
        var report = await ProgressView.ShowAsync(
            terminal, options.Quiet, progress => runner.RunAsync(options, progress, cancellation));
        double seconds = terminal.Clock.GetElapsedTime(started).TotalSeconds;
        MapSummary.Write(terminal, report, seconds, withPaths: !options.Json);
        if (options.Json) terminal.Output.WriteLine(JsonReport.Of(report, seconds).ToJson());
        return report.Errors.Count == 0 ? ExitCode.Done : ExitCode.FailedWork;
    }
}
