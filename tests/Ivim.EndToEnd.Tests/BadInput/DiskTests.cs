using System.Diagnostics;
using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests.BadInput;

/// <summary>Disks that are full or cannot be written; needs the right to mount a small file system in memory.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _mounted = [];

    public void Dispose()
    {
        foreach (string path in _mounted) Run("umount", path);
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task No_room_is_told_before_anything_is_written()
    {
        string disk = Mount("size=4m");
        var run = await MapAsync(Path.Combine(disk, "out"));
        run.MustBeRefusal(Finished.Environment, "DISK-FULL");
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk));
    }

    [SkippableFact]
    public async Task A_disk_that_fills_up_on_the_way_stops_the_run_and_the_same_command_goes_on()
    {
        string disk = Mount("size=90m"), output = _folder.Path("out"), work = Path.Combine(disk, "work");
        string protocol = SmallNetwork.Write(_folder);
        string[] arguments = RealScan.Prostate().MapTo(output, "--protocol", protocol, "--work", work);
        string filler = Path.Combine(disk, "filler");
        using (var process = IvimProcess.Start(arguments))
        {
            Assert.True(await process.ReachesAsync(() => new StoredArtifacts(work).ResultCount("prepare") > 0));
            Fill(filler);
            var full = await process.EndAsync(IvimProcess.Hang);
            full.MustBeRefusal(Finished.Environment, "DISK-FULL");
            Assert.False(Directory.Exists(output));
        }
        File.Delete(filler);
        var run = await IvimProcess.RunAsync(arguments);
        PublishedAssert.IsComplete(output, RealScan.Prostate().Image, run.MustBeDone(), "cnn-bilstm-mham");
    }

    [SkippableFact]
    public async Task An_output_folder_that_cannot_be_written()
    {
        string disk = Mount("ro");
        (await MapAsync(disk)).MustBeRefusal(Finished.Environment, "WORK-UNWRITABLE");
    }

    [SkippableFact]
    public async Task An_output_folder_that_cannot_be_written_with_the_work_elsewhere()
    {
        string disk = Mount("ro");
        var run = await MapAsync(disk, "--work", _folder.Path("work"));
        Assert.Contains(run.ErrorCode, (string[])["STORAGE-DENIED", "STORAGE-FAILED", "NO-PERMISSION"]);
        run.MustBeRefusal(Finished.Environment, run.ErrorCode);
        // The fault goes into the log, but not the path that the file system's own words quote.
        string log = File.ReadAllText(Path.Combine(_folder.Path("work"), "log.txt"));
        Assert.Contains("System.IO.IOException", log, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Root, log, StringComparison.Ordinal);
    }

    private async Task<Finished> MapAsync(string output, params string[] options) => await IvimProcess.RunAsync(
        Refused.Limit, ["map", new MadeScan().Write(_folder), "--out", output, "--method", "nlls", .. options]);

    private string Mount(string options)
    {
        string path = Directory.CreateDirectory(_folder.Path("disk")).FullName;
        Skip.IfNot(Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path), "this user may not mount a file system");
        _mounted.Add(path);
        return path;
    }

    /// <summary>Writes until there is no room left.</summary>
    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (int bytes = 1 << 20; bytes >= 1;)
        {
            try
            {
                file.Write(new byte[bytes]);
            }
            catch (IOException)
            {
                bytes /= 2;
            }
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
