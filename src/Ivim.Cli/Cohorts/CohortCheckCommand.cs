using System.CommandLine;
using System.Globalization;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Cli.Protocols;
using Ivim.Hosting.Manifests;

namespace Ivim.Cli.Cohorts;

/// <summary>`ivim cohort check MANIFEST`: what a cohort is made of, and everything that has to be mended.</summary>
internal static class CohortCheckCommand
{
    /// <summary>More of them help nobody; how many there are is said.</summary>
    private const int MostFindings = 50;

    public static Command Create(Terminal terminal)
    {
        var manifest = new Argument<string>("MANIFEST") { Description = ManifestOptions.Manifest };
        var (root, protocol) = (ManifestOptions.Root(), ManifestOptions.Protocol());
        var json = SharedOptions.Json();
        var command = new Command("check", "Read a whole manifest, and the header of every file in it.")
        {
            manifest, root, protocol, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var found = ManifestReader.Read(parsed.GetRequiredValue(manifest), parsed.GetValue(root),
                ProtocolFile.Read(parsed.GetRequiredValue(protocol)), cancellation);
            if (parsed.GetValue(json)) terminal.Output.WriteLine(JsonLine.Of(Report.Of(found)));
            else Write(terminal, found);
            return Task.FromResult((int)(found.Findings.IsEmpty ? ExitCode.Done : ExitCode.BadInput));
        });
        return command;
    }

    private static void Write(Terminal terminal, CheckedManifest found)
    {
        var table = new TextTable(textColumns: 1, ["centre", "studies", "b-value tables"]);
        foreach (var centre in found.Centres)
            table.Add([centre.Centre, Text(centre.Studies), Text(centre.Tables)]);
        if (!found.Centres.IsEmpty) table.Write(terminal);
        terminal.Output.WriteLine($"{Text(found.Entries.Length)} studies can be mapped");
        WriteFindings(terminal, found);
    }

    internal static void WriteFindings(Terminal terminal, CheckedManifest found)
    {
        foreach (var finding in found.Findings.Take(MostFindings))
            terminal.Error.WriteLine($"error entry {Text(finding.Entry)}: {finding.Line}");
        if (!found.Findings.IsEmpty)
            terminal.Error.WriteLine($"{Text(found.Findings.Length)} entries have to be mended before anything starts");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Report(
        int Studies, IReadOnlyList<CentreSummary> Centres, int Refused, IReadOnlyList<ManifestFinding> Findings)
    {
        public static Report Of(CheckedManifest found) => new(found.Entries.Length, found.Centres,
            found.Findings.Length, [.. found.Findings.Take(MostFindings)]);
    }
}
