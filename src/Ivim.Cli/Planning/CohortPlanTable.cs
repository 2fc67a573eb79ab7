using Ivim.Cli.Output;
using Ivim.Hosting.Planning;

namespace Ivim.Cli.Planning;

/// <summary>The plan of a cohort for a person.</summary>
internal static class CohortPlanTable
{
    public static void Write(Terminal terminal, CohortPlanReport report)
    {
        WriteEntries(terminal, report);
        WriteChanges(terminal, report);
        StagesTable.Write(terminal, report.Stages);
        StagesTable.WriteSum(terminal, $"cohort {report.Name}", report.Stages, report.Seconds, report.Workers);
    }

    private static void WriteEntries(Terminal terminal, CohortPlanReport report)
    {
        string[] parts =
        [
            $"{report.Planned} entries planned",
            Some(report.Unprepared, "of them to be prepared first"),
            Some(report.Unread, "not read yet and not counted below"),
            Some(report.Cancelled, "cancelled and left alone"),
        ];
        terminal.Output.WriteLine(string.Join(", ", parts.Where(part => part.Length > 0)));
        foreach (var code in report.Codes)
            terminal.Output.WriteLine($"{code.Code}: {code.Entries} entries that cannot be mapped so");
    }

    private static void WriteChanges(Terminal terminal, CohortPlanReport report)
    {
        if (report.Changes.Count == 0)
        {
            terminal.Output.WriteLine("the same protocols as in the last runs");
            return;
        }
        terminal.Output.WriteLine("what differs from the last runs:");
        var table = new TextTable(3, ["field", "last run", "this run", "entries"]);
        foreach (var change in report.Changes)
            table.Add([change.Name, ChangesTable.Shown(change.Before), ChangesTable.Shown(change.Now),
                $"{change.Entries}"]);
        table.Write(terminal);
    }

    private static string Some(int count, string what) => count == 0 ? "" : $"{count} {what}";
}
