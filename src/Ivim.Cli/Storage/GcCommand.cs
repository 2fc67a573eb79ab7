using System.CommandLine;
using Ivim.Actors.Artifacts;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Hosting;
using Ivim.Hosting.Storage;

namespace Ivim.Cli.Storage;

/// <summary>`ivim gc --work DIR`: frees what no study needs.</summary>
internal static class GcCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = new StoreArguments();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be freed." };
        var command = new Command("gc", "Free what no study of the work folder needs.");
        store.AddTo(command);
        command.Add(dryRun);
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await RunAsync(store.Read(parsed), parsed.GetValue(dryRun), cancellation);
            if (store.Json(parsed)) terminal.Output.WriteLine(JsonLine.Of(report));
            else Write(terminal, report);
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <exception cref="Physics.RefusalException">WORK-IN-USE.</exception>
    private static async Task<GcReport> RunAsync(
        WorkFolderView folder, bool isDryRun, CancellationToken cancellation)
    {
        // Whoever holds the folder alone takes unfinished files away at once, so they are counted before.
        var unfinished = StoreSweep.Unfinished(folder.Store);
        using var held = isDryRun ? null : WorkFolder.Open(folder.Root);
        var swept = new StoreSweep(folder.Store, await NeededByStudies.OfAsync(folder, cancellation)).Find()
            .Append(folder.Inputs.Unneeded(folder.Dossiers)).ToList();
        if (!isDryRun)
        {
            StoreSweep.Remove(swept);
            folder.Inputs.RemoveEmpty();
        }
        return new GcReport(isDryRun, [.. swept.Append(unfinished)
            .Select(kind => new FreedFiles(kind.Kind, kind.Files.Count, kind.Bytes))]);
    }

    private static void Write(Terminal terminal, GcReport report)
    {
        var table = new TextTable(1, [report.DryRun ? "would be freed" : "freed", "files", "bytes"]);
        foreach (var kind in report.Freed) table.Add([kind.Kind, $"{kind.Files}", $"{kind.Bytes}"]);
        table.Write(terminal);
    }
}

/// <summary>What `ivim gc` freed, or would; a script depends on the names.</summary>
internal sealed record GcReport(bool DryRun, IReadOnlyList<FreedFiles> Freed)
{
    public IReadOnlyList<Notice> Warnings { get; init; } = [];

    public IReadOnlyList<Notice> Errors { get; init; } = [];
}

/// <param name="Kind">`results`, `checkpoints`, `artifacts`, `damaged`, `inputs` or `unfinished`.</param>
internal sealed record FreedFiles(string Kind, int Files, long Bytes);
