using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Cli.Remote;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Cohorts;

/// <summary>`ivim cohort status [NAME]`: how one cohort stands, or all.</summary>
internal static class CohortStatusCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "As the manifest names it; without it all cohorts.", Arity = ArgumentArity.ZeroOrOne,
        };
        var (server, json) = (new ServerArguments(), SharedOptions.Json());
        var entries = new Option<bool>("--entries") { Description = "List the entries as well." };
        var centre = SharedOptions.Text("--centre", "List only the entries of this centre.", "CENTRE");
        var phase = SharedOptions.Text("--phase", "List only entries of this phase, for example failed.", "PHASE");
        var command = new Command("status", "Show how cohorts stand.") { name, entries, centre, phase };
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new CohortServer(ServerAddress.Of(server.Read(parsed)));
            var (isJson, filter) = (parsed.GetValue(json), (parsed.GetValue(centre), parsed.GetValue(phase)));
            if (parsed.GetValue(name) is not { } one)
                return (int)WriteAll(terminal, await client.ListAsync(cancellation), isJson);
            var view = await client.ViewAsync(one, cancellation);
            bool lists = parsed.GetValue(entries) || filter != (null, null);
            var list = lists ? await client.EntriesAsync(one, filter.Item1, filter.Item2, cancellation) : [];
            if (isJson) terminal.Output.WriteLine(JsonLine.Of(new CohortAndEntries(view, list)));
            else CohortTables.Write(terminal, view, list);
            return (int)CohortTables.CodeOf(view);
        });
        return command;
    }

    private static ExitCode WriteAll(Terminal terminal, CohortList all, bool json)
    {
        if (json) terminal.Output.WriteLine(JsonLine.Of(all));
        else foreach (var view in all.Cohorts) terminal.Output.WriteLine(CohortTables.Line(view));
        return all.Cohorts.Any(view => CohortTables.CodeOf(view) != ExitCode.Done)
            ? ExitCode.FailedWork : ExitCode.Done;
    }

    /// <param name="Entries">Those that were asked for.</param>
    private sealed record CohortAndEntries(CohortView Cohort, IReadOnlyList<EntryView> Entries);
}
