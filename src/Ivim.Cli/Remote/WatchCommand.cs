using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;

namespace Ivim.Cli.Remote;

/// <summary>`ivim watch STUDY`: shows a study's progress until it ends, and reads its maps back.</summary>
internal static class WatchCommand
{
    public static Command Create(Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "As submit named it, for example st-0123." };
        var server = new ServerArguments();
        var (json, quiet) = (SharedOptions.Json(), SharedOptions.Quiet());
        var command = new Command("watch", "Show how far a submitted study is, until it ends.") { study };
        server.AddTo(command);
        command.Add(json);
        command.Add(quiet);
        command.SetAction(async (parsed, cancellation) => (int)await RunAsync(terminal, server.Read(parsed),
            parsed.GetRequiredValue(study), parsed.GetValue(json), parsed.GetValue(quiet), cancellation));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Terminal terminal, ServerChoice choice, string study, bool json,
        bool quiet, CancellationToken cancellation)
    {
        long started = terminal.Clock.GetTimestamp();
        var address = ServerAddress.Of(choice);
        using var server = new StudyServer(address);
        var view = await ProgressView.ShowAsync(terminal, quiet, progress =>
            new StudyWatch(server, terminal.Clock).FollowAsync(study, isKnown: false, progress,
                new HeldUpLines(terminal, quiet).Say, cancellation));
        return RemoteReport.Write(
            terminal, RemoteReport.Of(view, receipt: null, address.IsLocal), json, started);
    }
}
