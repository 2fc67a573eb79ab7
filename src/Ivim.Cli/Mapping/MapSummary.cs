using System.Globalization;
using Ivim.Cli.Output;

namespace Ivim.Cli.Mapping;

/// <summary>The few lines that a person reads when a study is mapped.</summary>
internal static class MapSummary
{
    /// <param name="withPaths">Whether the maps are listed; a JSON report lists them itself.</param>
    public static void Write(Terminal terminal, MapReport report, double seconds, bool withPaths)
    {
        foreach (var warning in report.Warnings) terminal.Error.WriteLine($"warning {warning.Code}: {warning.Message}");
        foreach (var error in report.Errors) terminal.Error.WriteLine($"error {error.Code}: {error.Message}");
        if (!withPaths) return;
        int width = report.Maps.Keys.Select(parameter => parameter.Length).DefaultIfEmpty().Max();
        foreach (var (parameter, map) in report.Maps)
            terminal.Output.WriteLine($"{parameter.PadRight(width)}  {map.Path}");
        WriteTotals(terminal, report, seconds);
    }

    /// <summary>One line: what was computed, what was there already, and how long it took.</summary>
    public static void WriteTotals(Terminal terminal, MapReport report, double seconds)
    {
        int computed = report.Computed.Values.Sum(), reused = report.Reused.Values.Sum();
        var work = computed == 0 && report.Errors.Count == 0
            ? "nothing to compute: every result was there"
            : $"{computed} items computed, {reused} reused";
        terminal.Output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"study {report.Study}: {work}, {seconds:F1} s"));
    }
}
