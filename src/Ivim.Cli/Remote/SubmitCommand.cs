using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Remote;

/// <summary>`ivim submit INPUT --out DIR`: has a server map one study.</summary>
internal static class SubmitCommand
{
    public static Command Create(Terminal terminal)
    {
        var study = new StudyArguments();
        var server = new ServerArguments();
        var numericClass = SharedOptions.Text("--numeric-class",
            "Class of workers that is to compute it; default: the only one that there is.", "CLASS");
        var wait = new Option<bool>("--wait") { Description = "Show the progress and end when the study ends." };
        var command = new Command("submit", "Have a server map one study: as map, on a cluster.");
        study.AddTo(command, [.. server.All, numericClass, wait]);
        command.SetAction(async (parsed, cancellation) => (int)await RunAsync(terminal, study.Read(parsed),
            server.Read(parsed), parsed.GetValue(numericClass), parsed.GetValue(wait), cancellation));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Terminal terminal, MapOptions options, ServerChoice choice,
        string? numericClass, bool wait, CancellationToken cancellation)
    {
        long started = terminal.Clock.GetTimestamp();
        var address = ServerAddress.Of(choice);
        var request = Submission.Of(options, numericClass);
        using var server = new StudyServer(address);
        var receipt = await server.SubmitAsync(request, cancellation);
        if (!wait)
        {
            Announce(terminal, receipt, choice, options.Json);
            return ExitCode.Done;
        }
        var view = await ProgressView.ShowAsync(terminal, options.Quiet, progress =>
            new StudyWatch(server, terminal.Clock).FollowAsync(receipt.Study, isKnown: true, progress,
                new HeldUpLines(terminal, options.Quiet).Say, cancellation));
        return RemoteReport.Write(
            terminal, RemoteReport.Of(view, receipt, address.IsLocal), options.Json, started);
    }

    private static void Announce(Terminal terminal, StudyReceipt receipt, ServerChoice choice, bool json)
    {
        if (json)
        {
            terminal.Output.WriteLine(
                new JsonReport { Study = receipt.Study, Protocol = receipt.Protocol }.ToJson());
            return;
        }
        terminal.Output.WriteLine($"study {receipt.Study} ({receipt.Phase})");
        terminal.Output.WriteLine($"watch it with: ivim watch {receipt.Study} {choice}");
    }
}
