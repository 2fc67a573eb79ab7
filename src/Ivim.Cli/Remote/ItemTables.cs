using System.Globalization;
using Ivim.Cli.Output;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Remote;

/// <summary>How the items of a study stand, for people.</summary>
internal static class ItemTables
{
    private const int ShownDigits = 12;

    public static void Write(Terminal terminal, IReadOnlyList<ItemView> items)
    {
        var table = new TextTable(5, ["item", "state", "worker", "code", "artifact", "done", "attempts"]);
        foreach (var item in items)
            table.Add([item.Item, item.State, Some(item.Workers), item.Code ?? "-", Artifact(item.Artifacts),
                StatusTables.Percent(item.Fraction), item.Attempts.ToString(CultureInfo.InvariantCulture)]);
        terminal.Output.WriteLine();
        table.Write(terminal);
    }

    private static string Some(IReadOnlyList<string> workers) =>
        workers.Count == 0 ? "-" : string.Join(", ", workers);

    private static string Artifact(IReadOnlyList<ItemArtifactView> artifacts) => artifacts switch
    {
        [] => "-",
        [var only] => only.Sha256[..Math.Min(ShownDigits, only.Sha256.Length)],
        _ => $"{artifacts.Count} artifacts",
    };
}
