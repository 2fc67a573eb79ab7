using System.CommandLine;
using Ivim.Actors.Artifacts;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Domain.Studies;
using Ivim.Hosting;
using Ivim.Hosting.Storage;

namespace Ivim.Cli.Storage;

/// <summary>`ivim gc --work DIR`: frees what no study needs.</summary>
internal static class GcCommand
{
    private static readonly IReadOnlySet<StudyId> NoStudies = new HashSet<StudyId>();

    public static Command Create(Terminal terminal)
    {
        var store = new StoreArguments();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be freed." };
        var superseded = new Option<bool>("--superseded")
        {
            Description = "Also free results of studies whose files were mapped and published again later.",
        };
        var command = new Command("gc", "Free what no study of the work folder needs.");
        store.AddTo(command);
        command.Add(superseded);
        command.Add(dryRun);
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await RunAsync(
                store.Read(parsed), parsed.GetValue(superseded), parsed.GetValue(dryRun), cancellation);
            if (store.Json(parsed)) terminal.Output.WriteLine(JsonLine.Of(report));
            else Write(terminal, report);
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <exception cref="Physics.RefusalException">WORK-IN-USE.</exception>
    private static async Task<GcReport> RunAsync(
        WorkFolderView folder, bool freesSuperseded, bool isDryRun, CancellationToken cancellation)
    {
        // Whoever holds the folder alone takes unfinished files away at once, so they are counted before.
        var unfinished = StoreSweep.Unfinished(folder.Store);
        using var held = isDryRun ? null : WorkFolder.Open(folder.Root);
        var superseded = freesSuperseded ? await NeededByStudies.SupersededAsync(folder, cancellation) : NoStudies;
        var needed = await NeededByStudies.OfAsync(folder, superseded, cancellation);
        var swept = new StoreSweep(folder.Store, needed).Find()
            .Append(folder.Inputs.Unneeded(folder.Dossiers)).ToList();
        if (!isDryRun)
        {
            var freed = new FreedStudies(folder);
            foreach (var study in superseded) await freed.AddAsync(study, cancellation);
            StoreSweep.Remove(swept);
            folder.Inputs.RemoveEmpty();
        }
        return new GcReport(isDryRun, [.. swept.Append(unfinished)
            .Select(kind => new FreedFiles(kind.Kind, kind.Files.Count, kind.Bytes))])
        {
            Superseded = [.. superseded.Select(study => study.Value).Order(StringComparer.Ordinal)],
        };
    }

    private static void Write(Terminal terminal, GcReport report)
    {
        var table = new TextTable(1, [report.DryRun ? "would be freed" : "freed", "files", "bytes"]);
        foreach (var kind in report.Freed) table.Add([kind.Kind, $"{kind.Files}", $"{kind.Bytes}"]);
        table.Write(terminal);
        foreach (var study in report.Superseded) terminal.Output.WriteLine($"superseded: {study}");
    }
}

/// <summary>What `ivim gc` freed, or would; a script depends on the names.</summary>
internal sealed record GcReport(bool DryRun, IReadOnlyList<FreedFiles> Freed)
{
    /// <summary>Studies whose results are needed no more, since later runs replaced them; none unless asked.</summary>
    public IReadOnlyList<string> Superseded { get; init; } = [];

    public IReadOnlyList<Notice> Warnings { get; init; } = [];

    public IReadOnlyList<Notice> Errors { get; init; } = [];
}

/// <param name="Kind">`results`, `checkpoints`, `artifacts`, `damaged`, `inputs` or `unfinished`.</param>
internal sealed record FreedFiles(string Kind, int Files, long Bytes);
