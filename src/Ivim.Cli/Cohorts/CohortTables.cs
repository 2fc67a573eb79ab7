using System.Globalization;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Cohorts;

/// <summary>How a cohort stands, for people.</summary>
internal static class CohortTables
{
    /// <summary>A script must not take a cohort for done of which a study failed, or was refused.</summary>
    public static ExitCode CodeOf(CohortView view) =>
        view.Codes.Count > 0 || view.Phase == CohortPhases.Silent ? ExitCode.FailedWork : ExitCode.Done;

    public static string Line(CohortView view)
    {
        int total = view.Centres.Sum(centre => centre.Total);
        string[] parts =
        [
            $"cohort {view.Name} ({view.Phase})",
            $"{view.Centres.Sum(centre => centre.Published)} of {total} published",
            Some(view.Centres.Sum(centre => centre.Running), "running"),
            Some(view.Centres.Sum(centre => centre.Waiting), "waiting"),
            Some(view.Centres.Sum(centre => centre.Stopping), "stopping"),
            Some(view.Centres.Sum(centre => centre.Failed), "failed"),
            Some(view.Centres.Sum(centre => centre.Refused), "refused"),
            Some(view.Centres.Sum(centre => centre.Cancelled), "cancelled"),
            Pace(view),
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    public static void Write(Terminal terminal, CohortView view, IReadOnlyList<EntryView> entries)
    {
        terminal.Output.WriteLine(Line(view));
        terminal.Output.WriteLine(
            $"protocol {view.Protocol} (version {view.ProtocolVersion}), {view.Limit} entries at a time");
        if (view.Centres.Count > 0) WriteCentres(terminal, view);
        foreach (var code in view.Codes) terminal.Output.WriteLine($"{code.Code}: {code.Entries} entries");
        foreach (var held in view.HeldUp) terminal.Output.WriteLine(HeldUp(held));
        if (entries.Count == 0) return;
        var table = new TextTable(5, ["entry", "centre", "phase", "study", "code"]);
        foreach (var entry in entries)
            table.Add([entry.Entry, entry.Centre, entry.Phase, entry.Study, entry.Code]);
        table.Write(terminal);
    }

    public static string HeldUp(HeldUpView held) => held.Entry.Length == 0 ? $"held up by {held.Message}"
        : $"{held.Entry} of {held.Centre} is held up by {held.Message}";

    private static void WriteCentres(Terminal terminal, CohortView view)
    {
        var table = new TextTable(1, ["centre", "entries", "waiting", "running", "stopping", "published", "failed",
            "refused", "cancelled"]);
        foreach (var centre in view.Centres)
            table.Add([centre.Centre, .. new[]
            {
                centre.Total, centre.Waiting, centre.Running, centre.Stopping, centre.Published, centre.Failed,
                centre.Refused, centre.Cancelled,
            }.Select(count => count.ToString(CultureInfo.InvariantCulture))]);
        table.Write(terminal);
    }

    private static string Some(int count, string what) => count == 0 ? "" : $"{count} {what}";

    private static string Pace(CohortView view) => view.Phase != CohortPhases.Running || view.EntriesPerHour == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{view.EntriesPerHour:F1} an hour")
            + (view.SecondsLeft is { } seconds ? $", about {Duration(seconds)} left" : "");

    private static string Duration(double seconds) => seconds switch
    {
        < 90 => Number(Math.Ceiling(seconds), "F0") + " s",
        < 5400 => Number(Math.Ceiling(seconds / 60), "F0") + " min",
        _ => Number(seconds / 3600, "F1") + " h",
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
