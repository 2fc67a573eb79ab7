using Ivim.Cli.Output;
using Ivim.Domain.Planning;

namespace Ivim.Cli.Planning;

/// <summary>Fields that differ between two runs, for a person.</summary>
internal static class ChangesTable
{
    private const int HashDigits = 64, ShownDigits = 12;

    public static void Write(Terminal terminal, IReadOnlyList<ChangedField> changes)
    {
        var table = new TextTable(3, ["field", "last run", "this run"]);
        foreach (var change in changes) table.Add([change.Name, Shown(change.Before), Shown(change.Now)]);
        table.Write(terminal);
    }

    /// <summary>Of a hash its first digits.</summary>
    public static string Shown(string value) =>
        value.Length == HashDigits && value.All(char.IsAsciiHexDigitLower) ? value[..ShownDigits] : value;
}
