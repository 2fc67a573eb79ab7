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
        foreach (var (parameter, map) in report.Maps)
            terminal.Output.WriteLine($"{parameter,-6} {map.Path}");
        int computed = report.Computed.Values.Sum(), reused = report.Reused.Values.Sum();
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"study {report.Study}: {computed} items computed, {reused} reused, {seconds:F1} s"));
    }
}
