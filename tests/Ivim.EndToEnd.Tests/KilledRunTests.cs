using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;
using Xunit.Abstractions;

namespace Ivim.EndToEnd.Tests;

/// <summary>A run that is killed goes on where it was, and ends with the bits of one that was not.</summary>
[Collection(ProstateCollection.Name)]
public sealed class KilledRunTests(ProstateRun prostate, ITestOutputHelper console)
{
    [SkippableFact]
    public async Task Killed_while_it_prepares_trains_maps_and_publishes_it_ends_with_the_same_voxels()
    {
        await prostate.GetAsync();
        string output = prostate.NewFolder("killed"), work = prostate.NewFolder("killed-work");
        var arguments = prostate.Arguments(output, work);
        var store = new StoredArtifacts(work);
        Func<bool>[] moments =
        [
            () => File.Exists(Path.Combine(work, "journal.db")),
            () => store.CheckpointCount() > 0 || store.ResultCount("train/member") > 0,
            () => store.ResultCount("train/slab") >= 4,
            () => store.ResultCount("merge") >= 1,
            () => Directory.Exists(output)
                && Directory.EnumerateFiles(output, "*.nii.gz", SearchOption.AllDirectories).Any(),
        ];
        int killed = 0;
        foreach (var moment in moments)
        {
            using var process = IvimProcess.Start(arguments);
            if (!await process.ReachesAsync(moment)) continue;
            if ((await process.KillAsync()).ExitCode != Finished.Killed) continue;
            killed++;
            console.WriteLine($"killed at moment {Array.IndexOf(moments, moment)}");
        }
        Assert.True(killed >= 3, $"only {killed} kills met a running process");
        var run = await IvimProcess.RunAsync(arguments);
        prostate.MustEqual(run, output);
        Assert.True(run.ComputedInAll < 18, "nothing of the killed runs was used");
        Assert.Empty(Directory.EnumerateFiles(output, "*.tmp", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(work, "*.tmp", SearchOption.AllDirectories));
    }

    [SkippableFact]
    public async Task One_worker_gives_the_voxels_of_two()
    {
        await prostate.GetAsync();
        string output = prostate.NewFolder("alone"), work = prostate.NewFolder("alone-work");
        var run = await IvimProcess.RunAsync(prostate.Arguments(output, work, workers: 1));
        prostate.MustEqual(run, output);
    }

    [SkippableFact]
    public async Task Asked_to_end_it_ends_and_the_same_command_goes_on()
    {
        await prostate.GetAsync();
        string output = prostate.NewFolder("asked"), work = prostate.NewFolder("asked-work");
        var arguments = prostate.Arguments(output, work);
        var store = new StoredArtifacts(work);
        using (var process = IvimProcess.Start(arguments))
        {
            Assert.True(await process.ReachesAsync(() => store.ResultCount("prepare") > 0));
            long asked = System.Diagnostics.Stopwatch.GetTimestamp();
            var ended = await process.TerminateAsync();
            // Quiet machines need a second; a machine with other work on it may need some more.
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(15));
            Assert.Equal(Finished.Interrupted, ended.ExitCode);
            Assert.Equal("INTERRUPTED", ended.ErrorCode);
        }
        var run = await IvimProcess.RunAsync(arguments);
        prostate.MustEqual(run, output);
        Assert.Equal(0, run.Computed("prepare"));
    }

    [SkippableFact]
    public async Task A_work_folder_that_another_run_holds_is_refused()
    {
        await prostate.GetAsync();
        string output = prostate.NewFolder("held"), work = prostate.NewFolder("held-work");
        using var holder = IvimProcess.Start(prostate.Arguments(output, work, steps: 100_000));
        Assert.True(await holder.ReachesAsync(() => File.Exists(Path.Combine(work, "journal.db"))));
        var second = await IvimProcess.RunAsync(prostate.Arguments(prostate.NewFolder("second"), work));
        second.MustBeRefusal(Finished.Environment, "WORK-IN-USE");
        Assert.False(Directory.Exists(prostate.NewFolder("second")));
        Assert.Equal(Finished.Killed, (await holder.KillAsync()).ExitCode);
    }
}
