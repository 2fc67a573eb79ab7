using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;

namespace Ivim.Cli.Remote;

/// <summary>`ivim status [STUDY]`: one study, or all studies and the cluster.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        var study = new Argument<string?>("STUDY")
        {
            Description = "As submit named it; without it all studies, the workers and the queue.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var server = new ServerArguments();
        var json = SharedOptions.Json();
        var command = new Command("status", "Show how studies and the cluster stand.") { study };
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new StudyServer(ServerAddress.Of(server.Read(parsed)));
            if (parsed.GetValue(study) is { } one)
                StatusTables.Write(terminal, await client.ViewAsync(one, cancellation), parsed.GetValue(json));
            else
                StatusTables.Write(terminal, await client.ListAsync(cancellation),
                    await client.ClusterAsync(cancellation), parsed.GetValue(json));
            return (int)ExitCode.Done;
        });
        return command;
    }
}
