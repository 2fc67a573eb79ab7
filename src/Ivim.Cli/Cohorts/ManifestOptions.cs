using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Domain.Protocols;

namespace Ivim.Cli.Cohorts;

/// <summary>Options of every command that reads a manifest.</summary>
internal static class ManifestOptions
{
    public const string Manifest = "NAME.csv or NAME.json (docs/manifest.md), or a BIDS dataset.";

    public static Option<string?> Root() =>
        SharedOptions.Text("--root", "Folder that all files lie below; default: the manifest's.", "DIR");

    public static Option<string> Protocol() => new("--protocol")
    {
        Description = "The cohort's protocol.",
        HelpName = "FILE",
        DefaultValueFactory = _ => BuiltInProtocols.Default,
    };
}
