using System.Diagnostics;
using System.Runtime.Versioning;

namespace Ivim.Cli.Tests.CommandLine;

/// <summary>The compiled program, started as a process of its own.</summary>
[SupportedOSPlatform("linux")]
public sealed class SignalTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_program_in_order(string signal)
    {
        using var folder = new TemporaryFolder();
        // Large enough that the signal, sent when the first file appears, comes before the last file is written.
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "ivim.dll"), "simulate", "--out", folder["s"], "--size",
            "192", "192", "30",
        ];
        using var watcher = new FileSystemWatcher(folder.Path) { IncludeSubdirectories = true };
        var begun = new TaskCompletionSource();
        watcher.Created += (_, created) =>
        {
            if (created.Name!.EndsWith(".part", StringComparison.Ordinal)) begun.TrySetResult();
        };
        watcher.Renamed += (_, _) => begun.TrySetResult();
        watcher.EnableRaisingEvents = true;
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true })!;
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
        using (var kill = Process.Start("kill", ["-" + signal, $"{process.Id}"])) await kill.WaitForExitAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.StartsWith("error INTERRUPTED: ", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["s/sub-01_dwi.nii.gz"]));
    }
}
