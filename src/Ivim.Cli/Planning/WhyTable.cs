using Ivim.Cli.Output;
using Ivim.Hosting.Planning;

namespace Ivim.Cli.Planning;

/// <summary>Why a study or an item stands as it does, for a person.</summary>
internal static class WhyTable
{
    private const int MostNamed = 3;

    public static void Write(Terminal terminal, StudyReasons reasons)
    {
        var end = reasons.Quarantined ? "quarantined, " : "";
        var code = reasons.Code is null ? "" : $", {end}{reasons.Code}: {reasons.Message}";
        terminal.Output.WriteLine($"study {reasons.Study}: {reasons.Phase}{code}");
        if (reasons.Item is { } item) WriteItem(terminal, item, reasons.LastStudy);
        else WriteStudy(terminal, reasons);
    }

    private static void WriteStudy(Terminal terminal, StudyReasons reasons)
    {
        WriteChanges(terminal, reasons);
        var table = new TextTable(1, ["stage", "items", "done", "reused", "ready", "waiting", "stopped"]);
        foreach (var stage in reasons.Stages)
            table.Add([
                stage.Kind, $"{stage.Total}", $"{stage.Done}", $"{stage.Reused}", $"{stage.Ready}", $"{stage.Waiting}",
                $"{stage.Stopped}",
            ]);
        table.Write(terminal);
        foreach (var waits in reasons.Stages.Select(stage => stage.Waits).Where(waits => waits.Count > 0))
        {
            foreach (var item in waits.Take(MostNamed))
                terminal.Output.WriteLine($"{item.Item} waits for {Some(item.WaitsFor)}");
            if (waits.Count > MostNamed)
                terminal.Output.WriteLine($"{waits.Count - MostNamed} more of this stage wait");
        }
    }

    private static void WriteChanges(Terminal terminal, StudyReasons reasons)
    {
        if (reasons.LastStudy is null)
            terminal.Output.WriteLine("no earlier run of this image in the work folder");
        else if (reasons.Changes.Count == 0)
            terminal.Output.WriteLine($"the same source and protocol as the run before, {reasons.LastStudy}");
        else
        {
            terminal.Output.WriteLine($"what differs from the run before, {reasons.LastStudy}:");
            ChangesTable.Write(terminal, reasons.Changes);
        }
    }

    private static void WriteItem(Terminal terminal, ItemReasons item, string? lastStudy)
    {
        var waits = item.WaitsFor.Count > 0 ? ", waits for " + Some(item.WaitsFor) : "";
        var standing = item.Standing == "ready" ? "ready: with the queue or a worker" : item.Standing;
        terminal.Output.WriteLine($"{item.Item}: {standing}{waits}");
        if (item.Key is null) return;
        terminal.Output.WriteLine($"key {item.Key}");
        var recipe = new TextTable(2, ["field", "value"]);
        foreach (var (name, value) in item.Recipe) recipe.Add([name, ChangesTable.Shown(value)]);
        recipe.Write(terminal);
        terminal.Output.WriteLine(Comparison(item, lastStudy));
        if (item.Changes.Count > 0) ChangesTable.Write(terminal, item.Changes);
    }

    private static string Comparison(ItemReasons item, string? lastStudy)
    {
        if (lastStudy is null) return "no earlier run of this image in the work folder";
        if (item.LastKey is null) return $"the run before, {lastStudy}, has no result of this item";
        if (item.LastKey == item.Key) return $"the same key as in the run before, {lastStudy}: reused";
        return item.LastRecipeKept
            ? $"what differs from the run before, {lastStudy}:"
            : $"another key than in the run before, {lastStudy}, whose result is gone: its fields are not known";
    }

    private static string Some(IReadOnlyList<string> items) => string.Join(", ", items.Take(MostNamed))
        + (items.Count > MostNamed ? $" and {items.Count - MostNamed} others" : "");
}
