using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>F17: disks that are full for a while hold the work up, and nothing half is left of it.</summary>
[Collection(FaultCollection.Name)]
public sealed class FullDiskTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    [SkippableFact]
    [Trait("Faults", "short")]
    public Task No_byte_is_left_for_results() => PlayAsync("F17", async scene =>
    {
        var disk = scene.Owns(await SmallDisk.MountAsync(Path.Combine(scene.Work, "artifacts"), "size=64m"));
        await HoldUpAsync(scene, disk, disk.Fill, "the artifacts' disk had no byte left");
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task No_file_can_be_made_for_results() => PlayAsync("F17", async scene =>
    {
        var disk = scene.Owns(await SmallDisk.MountAsync(
            Path.Combine(scene.Work, "artifacts"), "size=64m,nr_inodes=512"));
        await HoldUpAsync(scene, disk, disk.TakeAllFiles, "the artifacts' disk had no file left");
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task No_byte_is_left_for_the_maps() => PlayAsync("F17", async scene =>
    {
        var disk = scene.Owns(await SmallDisk.MountAsync(scene.Output, "size=8m"));
        disk.Fill();
        var cluster = await scene.StartAsync(new ClusterShape());
        await scene.SubmitAsync();
        await Until.TrueAsync(
            async () => await cluster.Api.StatusAsync(scene.Study) is { FailureCode: not null, IsAtRest: false },
            Timings.Run, "the study is held up and has not failed");
        Assert.True(disk.IsFull(), "the disk is not full");
        scene.Fired("the maps' disk had no byte left");
        Assert.Empty(Directory.EnumerateFiles(scene.Output, "*.nii.gz", SearchOption.AllDirectories));
        await disk.FreeAsync();
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_log_that_cannot_be_written_stops_nothing() => PlayAsync("F17", async scene =>
    {
        var disk = scene.Owns(await SmallDisk.MountAsync(Path.Combine(scene.Work, "logs"), "size=4m"));
        var cluster = await scene.StartAsync(new ClusterShape());
        disk.Fill();
        Assert.True(disk.IsFull(), "the disk is not full");
        scene.Fired("the logs' disk had no byte left");
        var before = cluster.Processes;
        await scene.SubmitAsync();
        var victim = await scene.InTrainingAsync();
        // Nodes that vanish are what nodes write about.
        await LocalCluster.KillAsync(victim.Process);
        await scene.FinishAsync();
        Assert.Equal(before.Count - 1, cluster.Processes.Count);
        await disk.FreeAsync();
        await scene.CheckAsync();
    });

    private static async Task HoldUpAsync(Scene scene, SmallDisk disk, Action fill, string fired)
    {
        var cluster = await scene.StartAsync(new ClusterShape());
        var before = cluster.Processes;
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        int counted = 0;
        await scene.DuringOutageAsync(async () =>
        {
            fill();
            Assert.True(disk.IsFull(), "the disk is not full");
            scene.Fired(fired);
            await Until.TrueAsync(() => scene.History.OfKind(FactKinds.Attempt).Any()
                || scene.History.OfKind(FactKinds.Ended).Any(fact => fact.Cause == "failure"), Until.Hang,
                "an item found no room");
            Assert.True(await cluster.Api.StatusAsync(scene.Study) is { IsAtRest: false }, "the study gave up");
            counted = scene.History.Count(FactKinds.Counted);
            await disk.FreeAsync();
        });
        await scene.RecoversAsync("disk full and freed", TimeSpan.FromSeconds(30),
            history => history.Count(FactKinds.Counted) > counted);
        await scene.FinishAsync();
        Assert.Equal(before, cluster.Processes);
        // What was trained and found no room is trained again, from its last checkpoint.
        await scene.CheckAsync(new CheckOptions { Rework = false });
    }
}
