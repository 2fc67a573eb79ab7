using System.Globalization;
using Ivim.Cli.Output;

namespace Ivim.Cli.Planning;

/// <summary>A plan for a person: why, what of each stage, and how long.</summary>
internal static class PlanTable
{
    public static void Write(Terminal terminal, PlanReport report)
    {
        WriteChanges(terminal, report);
        var table = new TextTable(1, ["stage", "items", "reused", "computed", "not known yet", "s each"]);
        foreach (var stage in report.Stages)
            table.Add([
                stage.Kind, $"{stage.Total}", $"{stage.Reused}", (stage.Unknown > 0 ? "<= " : "") + stage.Computed,
                $"{stage.Unknown}", stage.SecondsEach is { } each ? Seconds(each) : "-",
            ]);
        table.Write(terminal);
        WriteSum(terminal, report);
    }

    private static void WriteChanges(Terminal terminal, PlanReport report)
    {
        if (report.LastStudy is null) terminal.Output.WriteLine("no earlier run of this image in the work folder");
        else if (report.Changes.Count == 0) terminal.Output.WriteLine($"the same as the last run, {report.LastStudy}");
        if (report.Changes.Count == 0) return;
        terminal.Output.WriteLine($"what differs from the last run, {report.LastStudy}:");
        ChangesTable.Write(terminal, report.Changes);
    }

    private static void WriteSum(Terminal terminal, PlanReport report)
    {
        int computed = report.Items.Computed.Values.Sum(), reused = report.Items.Reused.Values.Sum();
        var most = report.Exact ? "" : "at most ";
        var work = computed == 0 ? "nothing to compute: every result is there"
            : $"{most}{computed} items to compute, {reused} reused";
        terminal.Output.WriteLine($"study {report.Study}: {work}{Time(report, computed)}");
        if (!report.Exact)
            terminal.Output.WriteLine("not known yet: what these items read has yet to be made; "
                + "an item whose input comes out as in an earlier run is reused");
    }

    private static string Time(PlanReport report, int computed)
    {
        if (computed == 0) return "";
        if (report.Seconds is not { } seconds) return ", time not known: no such item was timed here";
        bool isLike = report.Stages.All(stage => stage.Computed == 0 || stage.SameSettings);
        return $", about {Seconds(seconds)} s with {report.Workers} workers"
            + (isLike ? "" : " (by items of other settings)");
    }

    private static string Seconds(double seconds) => seconds.ToString("G3", CultureInfo.InvariantCulture);
}
