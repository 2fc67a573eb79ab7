using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Remote;

/// <summary>`ivim status [STUDY]`: one study and perhaps its items, or all studies and the cluster.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        var study = new Argument<string?>("STUDY")
        {
            Description = "As submit named it; without it all studies, the workers and the queue.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (server, json) = (new ServerArguments(), SharedOptions.Json());
        var items = new Option<bool>("--items") { Description = "List the items of the study as well." };
        var state = SharedOptions.Text("--state", "List only items of this state, for example failed.", "STATE");
        var command = new Command("status", "Show how studies and the cluster stand.") { study, items, state };
        command.Validators.Add(result =>
        {
            bool lists = result.GetValue(items) || result.GetValue(state) is not null;
            if (lists && result.GetValue(study) is null) result.AddError("--items or --state without a STUDY");
        });
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new StudyServer(ServerAddress.Of(server.Read(parsed)));
            var (isJson, wanted) = (parsed.GetValue(json), parsed.GetValue(state));
            if (parsed.GetValue(study) is not { } one) return (int)await WriteAllAsync(
                terminal, client, isJson, cancellation);
            var view = await client.ViewAsync(one, cancellation);
            bool lists = parsed.GetValue(items) || wanted is not null;
            WriteOne(terminal, view, lists ? await client.ItemsAsync(one, wanted, cancellation) : null, isJson);
            return (int)CodeOf([view]);
        });
        return command;
    }

    private static async Task<ExitCode> WriteAllAsync(
        Terminal terminal, StudyServer client, bool json, CancellationToken cancellation)
    {
        var list = await client.ListAsync(cancellation);
        StatusTables.Write(terminal, list, await client.ClusterAsync(cancellation), json);
        return CodeOf(list.Studies);
    }

    /// <param name="items">Null where nobody has asked for them.</param>
    private static void WriteOne(Terminal terminal, StudyView view, IReadOnlyList<ItemView>? items, bool json)
    {
        if (json && items is not null) terminal.Output.WriteLine(JsonLine.Of(new StudyAndItems(view, items)));
        else StatusTables.Write(terminal, view, json);
        if (!json && items is not null) ItemTables.Write(terminal, items);
    }

    /// <summary>Results that had counted and are in doubt must not go unseen by a script.</summary>
    private static ExitCode CodeOf(IReadOnlyList<StudyView> studies) =>
        studies.Any(study => study.Alarms.Count > 0) ? ExitCode.FailedWork : ExitCode.Done;

    private sealed record StudyAndItems(StudyView Study, IReadOnlyList<ItemView> Items);
}
