using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Cli.Protocols;
using Ivim.Cli.Remote;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Cohorts;

/// <summary>`ivim cohort`: many studies of many centres as one.</summary>
internal static class CohortCommand
{
    public static Command Create(Terminal terminal) => new("cohort", "Map many studies of many centres.")
    {
        CohortCheckCommand.Create(terminal),
        CohortSubmitCommand.Create(terminal),
        CohortStatusCommand.Create(terminal),
        CohortWatchCommand.Create(terminal),
        Order(terminal, "pause", "Admit no more studies; what runs goes on."),
        Order(terminal, "resume", "Admit studies again."),
        Limit(terminal),
        Cancel(terminal),
        Retry(terminal),
        ChangeProtocol(terminal),
    };

    internal static Argument<string> Name() => new("NAME") { Description = "As it was submitted." };

    private static Command Order(Terminal terminal, string verb, string description)
    {
        var name = Name();
        return Verb(terminal, verb, description, [name], [], (server, parsed, cancellation) =>
            server.OrderAsync(parsed.GetRequiredValue(name), verb, cancellation));
    }

    private static Command Limit(Terminal terminal)
    {
        var (name, entries) = (Name(), new Argument<int>("ENTRIES")
        {
            Description = "Studies at a time; 0: as many as suit the workers.",
        });
        return Verb(terminal, "limit", "Let so many studies of the cohort run at a time.", [name, entries], [],
            (server, parsed, cancellation) => server.OrderAsync(parsed.GetRequiredValue(name),
                string.Create(CultureInfo.InvariantCulture, $"limit?entries={parsed.GetRequiredValue(entries)}"),
                cancellation));
    }

    private static Command Cancel(Terminal terminal)
    {
        var (name, entry) = (Name(), Entry());
        return Verb(terminal, "cancel", "End the work on a cohort or one entry; what is finished is kept.",
            [name], [entry], (server, parsed, cancellation) => server.OrderAsync(parsed.GetRequiredValue(name),
                $"cancel?entry={CohortServer.Escaped(parsed.GetValue(entry))}", cancellation));
    }

    private static Command Retry(Terminal terminal)
    {
        var (name, entry) = (Name(), Entry());
        var cancelled = new Option<bool>("--cancelled") { Description = "Cancelled entries as well." };
        return Verb(terminal, "retry", "Try the entries again that failed or were refused.", [name],
            [entry, cancelled], (server, parsed, cancellation) => server.OrderAsync(parsed.GetRequiredValue(name),
                $"retry?entry={CohortServer.Escaped(parsed.GetValue(entry))}"
                + $"&cancelled={(parsed.GetValue(cancelled) ? "true" : "false")}", cancellation));
    }

    private static Command ChangeProtocol(Terminal terminal)
    {
        var name = Name();
        var file = new Argument<string>("PROTOCOL") { Description = "A protocol document, or `default`." };
        return Verb(terminal, "protocol", "Map all entries under another protocol, beside the maps that are there.",
            [name, file], [], (server, parsed, cancellation) => server.ChangeProtocolAsync(
                parsed.GetRequiredValue(name), JsonSerializer.Deserialize<JsonElement>(
                    ProtocolJson.Write(ProtocolFile.Read(parsed.GetRequiredValue(file)))), cancellation));
    }

    private static Option<string?> Entry() =>
        SharedOptions.Text("--entry", "Only this entry, by its pseudonym.", "PSEUDONYM");

    /// <summary>A verb that ends with how the cohort stands after it; done, once the server has it on disk.</summary>
    internal static Command Verb(Terminal terminal, string verb, string description, Argument[] arguments,
        Option[] options, Func<CohortServer, ParseResult, CancellationToken, Task<CohortView>> act)
    {
        var (server, json) = (new ServerArguments(), SharedOptions.Json());
        var command = new Command(verb, description);
        foreach (var argument in arguments) command.Add(argument);
        foreach (var option in options) command.Add(option);
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new CohortServer(ServerAddress.Of(server.Read(parsed)));
            var view = await act(client, parsed, cancellation);
            terminal.Output.WriteLine(parsed.GetValue(json) ? JsonLine.Of(view) : CohortTables.Line(view));
            return (int)ExitCode.Done;
        });
        return command;
    }
}
