using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;

namespace Ivim.Cli.Remote;

/// <summary>`ivim cancel STUDY`: ends the work on a study; submitting it again goes on.</summary>
internal static class CancelCommand
{
    public static Command Create(Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "As submit named it, for example st-0123." };
        var server = new ServerArguments();
        var json = SharedOptions.Json();
        var command = new Command("cancel", "End the work on a submitted study; what is finished is kept.") { study };
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new StudyServer(ServerAddress.Of(server.Read(parsed)));
            var view = await client.CancelAsync(parsed.GetRequiredValue(study), cancellation);
            terminal.Output.WriteLine(
                parsed.GetValue(json) ? JsonLine.Of(view) : $"study {view.Study} ({view.Phase})");
            return (int)ExitCode.Done;
        });
        return command;
    }
}
