using System.CommandLine;
using System.Text.Json;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Cli.Protocols;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Manifests;
using Ivim.Physics;

namespace Ivim.Cli.Cohorts;

/// <summary>`ivim cohort submit MANIFEST --out DIR`: checks a whole manifest, then submits it.</summary>
internal static class CohortSubmitCommand
{
    public static Command Create(Terminal terminal)
    {
        var manifest = new Argument<string>("MANIFEST") { Description = ManifestOptions.Manifest };
        var name = SharedOptions.Text("--name", "Name of the cohort; default: that of the manifest.", "NAME");
        var output = SharedOptions.Folder("--out", "Folder that gets a derivative dataset for each protocol.");
        var (root, protocol) = (ManifestOptions.Root(), ManifestOptions.Protocol());
        var numericClass = SharedOptions.Text("--numeric-class",
            "Class of workers that is to compute it; default: the only one that there is.", "CLASS");
        var limit = SharedOptions.Count("--limit",
            "Studies at a time; default: as many as suit the workers.",
            least: 0, Domain.Cohorts.CohortCommand.MostAtATime);
        return CohortCommand.Verb(terminal, "submit",
            "Submit a cohort, or more entries of one; what is known stays as it is.", [manifest],
            [name, output, root, protocol, limit, numericClass], (server, parsed, cancellation) =>
            {
                var (path, document) = (parsed.GetRequiredValue(manifest),
                    ProtocolFile.Read(parsed.GetRequiredValue(protocol)));
                var found = ManifestReader.Read(path, parsed.GetValue(root), document, cancellation);
                Require(terminal, found);
                return server.SubmitAsync(new CohortRequest
                {
                    Name = parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(Path.GetFullPath(path)),
                    Root = found.Root,
                    Output = Path.GetFullPath(parsed.GetRequiredValue(output)),
                    Protocol = JsonSerializer.Deserialize<JsonElement>(ProtocolJson.Write(document)),
                    Entries = [.. found.Entries.Select(CohortManifestEntry.Of)],
                    Limit = parsed.GetValue(limit),
                    NumericClass = parsed.GetValue(numericClass),
                }, cancellation);
            });
    }

    private static void Require(Terminal terminal, CheckedManifest found)
    {
        if (found.Findings.IsEmpty) return;
        CohortCheckCommand.WriteFindings(terminal, found);
        throw new RefusalException("MANIFEST-REFUSED", "entries of the manifest that have to be mended",
            "a manifest whose every file is there and fits", "mend or remove them, then submit again");
    }
}
