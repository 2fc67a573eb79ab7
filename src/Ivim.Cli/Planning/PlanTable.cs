using Ivim.Cli.Output;
using Ivim.Hosting.Planning;

namespace Ivim.Cli.Planning;

/// <summary>A plan for a person: why, what of each stage, and how long.</summary>
internal static class PlanTable
{
    public static void Write(Terminal terminal, PlanReport report)
    {
        WriteChanges(terminal, report);
        StagesTable.Write(terminal, report.Stages);
        foreach (var (kind, fields) in report.KeyFields)
            terminal.Output.WriteLine($"{kind} has another key: {string.Join(", ", fields)}");
        StagesTable.WriteSum(terminal, $"study {report.Study}", report.Stages, report.Seconds, report.Workers);
    }

    private static void WriteChanges(Terminal terminal, PlanReport report)
    {
        if (report.LastStudy is null) terminal.Output.WriteLine("no earlier run of this image in the work folder");
        else if (report.Changes.Count == 0) terminal.Output.WriteLine($"the same as the last run, {report.LastStudy}");
        if (report.Changes.Count == 0) return;
        terminal.Output.WriteLine($"what differs from the last run, {report.LastStudy}:");
        ChangesTable.Write(terminal, report.Changes);
    }
}
