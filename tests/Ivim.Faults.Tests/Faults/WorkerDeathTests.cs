using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>F1 and F5: workers that are killed, and workers that come back from the dead.</summary>
[Collection(FaultCollection.Name)]
public sealed class WorkerDeathTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    [SkippableFact]
    [Trait("Faults", "short")]
    public Task The_item_of_a_killed_worker_goes_on_elsewhere_from_its_checkpoint() => PlayAsync("F1", async scene =>
    {
        await scene.StartAsync(new ClusterShape());
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync(scene.Nemesis.Between(1, 6));
        var victim = await scene.InTrainingAsync();
        await LocalCluster.KillAsync(victim.Process);
        scene.Fired($"{victim.Process} was killed at {victim.Item}, step {victim.KeptStep} kept");
        await scene.RecoversAsync("worker kill -9", Timings.WorkerKilled, victim.IsFreed);
        await scene.FinishAsync();
        Assert.True(victim.NextRunFrom(scene.History) >= victim.KeptStep, "the checkpoint was not used");
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "short")]
    public Task A_worker_that_wakes_after_its_lease_is_over_is_refused_and_counts_nothing_twice() =>
        PlayAsync("F5", async scene =>
        {
            await scene.StartAsync(new ClusterShape());
            await scene.SubmitAsync();
            var victim = await scene.InTrainingAsync();
            await UnixProcess.StopAsync(victim.Process.Pid);
            Assert.True(UnixProcess.IsStopped(victim.Process.Pid));
            scene.Fired($"{victim.Process} stands still");
            await scene.RecoversAsync("worker SIGSTOP", Timings.WorkerKilled, victim.IsFreed);
            await Until.TrueAsync(
                () => scene.History.OfKind(FactKinds.Expired).Any(fact => fact.Key == victim.Key), Until.Hang,
                "its lease expired");
            UnixProcess.Continue(victim.Process.Pid);
            await Until.TrueAsync(() => IsRefused(scene.History, victim), Until.Hang,
                "the zombie was refused");
            await scene.FinishAsync();
            await scene.CheckAsync();
        });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_result_that_comes_after_the_study_is_published_changes_nothing() => PlayAsync("F5", async scene =>
    {
        await scene.StartAsync(new ClusterShape());
        await scene.SubmitAsync();
        var victim = await scene.InTrainingAsync();
        await UnixProcess.StopAsync(victim.Process.Pid);
        scene.Fired($"{victim.Process} stands still until all is done");
        await scene.FinishAsync();
        UnixProcess.Continue(victim.Process.Pid);
        await Until.TrueAsync(
            () => IsRefused(scene.History, victim) || Victims.Of(victim.Process, scene.History) is null,
            Until.Hang, "the zombie gave up");
        await scene.CheckAsync();
    });

    /// <summary>By the queue, or by the study that has counted the item already.</summary>
    private static bool IsRefused(History history, Victim victim) => history.Facts.Any(fact =>
        (fact.Kind == FactKinds.Refused && fact.Item == victim.Item && fact.Epoch == victim.Epoch)
        || (fact.Kind is FactKinds.Duplicate or FactKinds.Stale && fact.Key == victim.Key)
        || (fact.Kind == FactKinds.Ended && fact.Pid == victim.Process.Pid && fact.Epoch == victim.Epoch));
}
