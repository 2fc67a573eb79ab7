using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Hosting.Api;

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
            {
                var view = await client.ViewAsync(one, cancellation);
                StatusTables.Write(terminal, view, parsed.GetValue(json));
                return (int)CodeOf([view]);
            }
            var list = await client.ListAsync(cancellation);
            StatusTables.Write(terminal, list, await client.ClusterAsync(cancellation), parsed.GetValue(json));
            return (int)CodeOf(list.Studies);
        });
        return command;
    }

    /// <summary>Results that had counted and are in doubt must not go unseen by a script.</summary>
    private static ExitCode CodeOf(IReadOnlyList<StudyView> studies) =>
        studies.Any(study => study.Alarms.Count > 0) ? ExitCode.FailedWork : ExitCode.Done;
}
