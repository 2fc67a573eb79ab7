using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Remote;

/// <summary>`ivim cancel STUDY`, `ivim retry STUDY`: one word to a server about one study.</summary>
internal static class StudyOrders
{
    public static Command Cancel(Terminal terminal) => Create(terminal, "cancel",
        "End the work on a submitted study; what is finished is kept.",
        (server, study, cancellation) => server.CancelAsync(study, cancellation));

    public static Command Retry(Terminal terminal) => Create(terminal, "retry",
        "Have a study that failed or was cancelled go on; what is finished is not computed again.",
        (server, study, cancellation) => server.RetryAsync(study, cancellation));

    private static Command Create(Terminal terminal, string name, string description,
        Func<StudyServer, string, CancellationToken, Task<StudyView>> send)
    {
        var study = new Argument<string>("STUDY") { Description = "As submit named it, for example st-0123." };
        var server = new ServerArguments();
        var json = SharedOptions.Json();
        var command = new Command(name, description) { study };
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new StudyServer(ServerAddress.Of(server.Read(parsed)));
            var view = await send(client, parsed.GetRequiredValue(study), cancellation);
            terminal.Output.WriteLine(
                parsed.GetValue(json) ? JsonLine.Of(view) : $"study {view.Study} ({view.Phase})");
            return (int)ExitCode.Done;
        });
        return command;
    }
}
