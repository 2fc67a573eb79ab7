using System.CommandLine;
using Ivim.Actors.Planning;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Hosting;
using Ivim.Hosting.Storage;
using Ivim.Learning;

namespace Ivim.Cli.Storage;

/// <summary>`ivim fsck --work DIR`: whether a work folder is what its names and its journal say.</summary>
internal static class FsckCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = new StoreArguments();
        var (sample, seed) = (SharedOptions.Count("--sample", "Results to compute again.", 1), SharedOptions.Seed());
        var device = SharedOptions.Text("--device", "Where they are computed: auto, cpu or cuda.", "DEVICE");
        device.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        var command = new Command("fsck", "Check every key and hash of a work folder; writes nothing.");
        store.AddTo(command);
        foreach (var option in new Option[] { sample, seed, device }) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await RunAsync(store.Read(parsed), parsed.GetValue(sample) ?? 0,
                parsed.GetValue(seed) ?? 0, parsed.GetValue(device) ?? "auto", cancellation);
            if (store.Json(parsed)) terminal.Output.WriteLine(JsonLine.Of(report));
            else FsckTable.Write(terminal, report);
            return (int)(report.Errors.Count == 0 ? ExitCode.Done : ExitCode.FailedWork);
        });
        return command;
    }

    private static async Task<FsckReport> RunAsync(
        WorkFolderView folder, int sample, ulong seed, string device, CancellationToken cancellation)
    {
        var audit = new WorkFolderAudit(folder);
        await audit.RunAsync(cancellation);
        var again = sample == 0 ? null : SampleAudit.Run(audit.Counted,
            new SecondMaking(folder.Store, ComputeDevice.Resolve(device)), sample, seed, cancellation);
        return new FsckReport
        {
            Studies = audit.Studies,
            Artifacts = audit.Store.Hashed.Files,
            Bytes = audit.Store.Hashed.Bytes,
            Results = audit.Store.Results.Count,
            Unfinished = audit.Store.Unfinished,
            SetAside = audit.Store.SetAside,
            Freed = audit.Freed,
            Sample = again is null ? null
                : new FsckSample(again.Equal, again.Findings.Count, again.Skipped, again.NotComparable),
            Errors = [.. audit.Findings.Concat(again?.Findings ?? [])],
        };
    }
}
