using Ivim.Cli.Output;
using Ivim.Domain.Work;

namespace Ivim.Cli.Protocols;

/// <summary>What two protocols differ in, for people.</summary>
internal static class DifferenceTable
{
    public static void Write(Terminal terminal, ProtocolDifference difference)
    {
        if (difference.Fields.IsEmpty)
        {
            terminal.Output.WriteLine("the same protocol");
            return;
        }
        var table = new TextTable(4, ["field", "first", "second", "in the keys of"]);
        foreach (var field in difference.Fields)
            table.Add([field.Name, field.First, field.Second, Steps(field)]);
        table.Write(terminal);
        terminal.Output.WriteLine($"runs again at most: {string.Join(", ", difference.RunsAgain)}");
        if (difference is { Fields: [{ Name: "ensemble.members" }], MembersAdded: > 0 and var added })
            terminal.Output.WriteLine($"networks: only {added} more are trained, the present ones stay");
    }

    private static string Steps(FieldDifference field) =>
        field.RunsAgain.IsEmpty ? "assemble" : string.Join(", ", field.RunsAgain);
}
