using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Protocols;

/// <summary>`ivim protocol show|check|diff`: what it says, whether it can be used, what a change costs.</summary>
internal static class ProtocolCommand
{
    public static Command Create(Terminal terminal) => new("protocol", "Show, check and compare protocols.")
    {
        Show(terminal), Check(terminal), Diff(terminal),
    };

    private static Command Show(Terminal terminal)
    {
        var file = new Argument<string>("PROTOCOL")
        {
            Description = "A protocol, the provenance of published maps, or a built-in one: default, brain.",
            DefaultValueFactory = _ => BuiltInProtocols.Default,
        };
        var canonical = new Option<bool>("--canonical") { Description = "The one line whose SHA-256 is the id." };
        var id = new Option<bool>("--id") { Description = "Only the id." };
        var command = new Command("show", "Write a protocol with every field.") { file, canonical, id };
        command.SetAction((parsed, _) =>
        {
            var protocol = ProtocolFile.Read(parsed.GetRequiredValue(file));
            var line = ProtocolJson.Write(protocol);
            terminal.Output.WriteLine(parsed.GetValue(id) ? ProtocolJson.Reference(line).Sha256
                : parsed.GetValue(canonical) ? line : ProtocolJson.WriteReadable(protocol));
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static Command Check(Terminal terminal)
    {
        var file = new Argument<string>("PROTOCOL") { Description = "As of show." };
        var json = SharedOptions.Json();
        var command = new Command("check", "Say whether a protocol can be used.") { file, json };
        command.SetAction((parsed, _) =>
        {
            var protocol = ProtocolFile.Read(parsed.GetRequiredValue(file));
            var checkedOne = new CheckedProtocol(Id(protocol), protocol.Method,
                ProtocolDifference.Between(new Protocol(), protocol).Fields.Length);
            terminal.Output.WriteLine(parsed.GetValue(json) ? JsonLine.Of(checkedOne)
                : $"protocol {checkedOne.Protocol}: {checkedOne.Method}, "
                    + $"fields unlike the default: {checkedOne.Changed}");
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static Command Diff(Terminal terminal)
    {
        var first = new Argument<string>("FIRST") { Description = "As of show." };
        var second = new Argument<string>("SECOND") { Description = "As of show." };
        var json = SharedOptions.Json();
        var command = new Command("diff", "Compare two protocols, and say what runs again.") { first, second, json };
        command.SetAction((parsed, _) =>
        {
            var one = ProtocolFile.Read(parsed.GetRequiredValue(first));
            var other = ProtocolFile.Read(parsed.GetRequiredValue(second));
            var difference = ProtocolDifference.Between(one, other);
            if (parsed.GetValue(json))
                terminal.Output.WriteLine(JsonLine.Of(ComparedProtocols.Of(one, other, difference)));
            else DifferenceTable.Write(terminal, difference);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static string Id(Protocol protocol) => ProtocolJson.Reference(ProtocolJson.Write(protocol)).Sha256;

    private sealed record CheckedProtocol(string Protocol, string Method, int Changed);
}
