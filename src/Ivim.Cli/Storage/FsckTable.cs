using Ivim.Cli.Output;

namespace Ivim.Cli.Storage;

/// <summary>The findings of `ivim fsck` for a person.</summary>
internal static class FsckTable
{
    public static void Write(Terminal terminal, FsckReport report)
    {
        var table = new TextTable(1, ["checked", "number"]);
        table.Add(["studies of the journal", $"{report.Studies}"]);
        table.Add(["results", $"{report.Results}"]);
        table.Add(["artifacts", $"{report.Artifacts}"]);
        table.Add(["bytes of artifacts", $"{report.Bytes}"]);
        table.Add(["unfinished files", $"{report.Unfinished}"]);
        table.Add(["damaged files set aside", $"{report.SetAside}"]);
        table.Add(["results freed of superseded studies", $"{report.Freed}"]);
        if (report.Sample is { } sample)
        {
            table.Add(["computed again, equal", $"{sample.Equal}"]);
            table.Add(["computed again, different", $"{sample.Different}"]);
            table.Add(["not comparable: another numeric class", $"{sample.NotComparable}"]);
        }
        table.Write(terminal);
        foreach (var skipped in report.Sample?.Skipped ?? [])
            terminal.Output.WriteLine($"not computed again: {skipped}");
        foreach (var found in report.Errors)
            terminal.Output.WriteLine($"{found.Code}: {found.Where}: {found.Found}; {found.Remedy}");
        terminal.Output.WriteLine(report.Errors.Count == 0 ? "nothing wrong" : $"{report.Errors.Count} wrong");
    }
}
