using System.Diagnostics;
using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>F24, F25 and F26: items that kill, that need too much memory, and workers that crawl.</summary>
[Collection(FaultCollection.Name)]
public sealed class PoisonTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_study_that_crashes_two_workers_is_quarantined_and_the_other_is_published() =>
        PlayAsync("F24", async scene =>
        {
            var cluster = await scene.StartAsync(new ClusterShape { Workers = 1 });
            string numericClass = await scene.LearnNumericClassAsync();
            var poison = scene.Scan.Submission(scene.Folder.Path("poison"), protocol => protocol["seed"] = 666);
            poison["numericClass"] = numericClass;
            string poisonStudy = await scene.SubmitAsync(poison);
            var poisoned = new ClusterShape
            {
                Workers = 3, Environment = TestHooks.Poison(poisonStudy, "segfault@train"),
            };
            await cluster.TryUpAsync(poisoned);
            await scene.SubmitAsync(numericClass);
            await Until.TrueAsync(async () =>
            {
                // As an orchestrator would: what died is started again, as it was.
                if (cluster.Workers.Count < 3) await cluster.TryUpAsync(poisoned);
                return await cluster.Api.StatusAsync(poisonStudy) is { IsAtRest: true };
            }, Timings.Run, "the poison study came to rest");
            var status = Present.Of(await cluster.Api.StatusAsync(poisonStudy), "status");
            Assert.Equal((StudyStatus.FailedPhase, "ITEM-CRASHES-WORKERS"), (status.Phase, status.FailureCode));
            int dead = scene.History.OfKind(FactKinds.Expired).Where(fact => fact.Study == poisonStudy)
                .Select(fact => fact.Worker).Distinct().Count();
            Assert.True(dead >= 2, $"{dead} workers died");
            scene.Fired($"{dead} workers crashed on one study");
            await scene.FinishAsync();
            await scene.CheckAsync(new CheckOptions { Rework = false });
        });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_worker_that_the_kernel_kills_is_no_fault_of_the_item() => PlayAsync("F25", async scene =>
    {
        var group = scene.Owns(ControlGroup.WithMemory(150_000_000));
        var cluster = await scene.StartAsync(new ClusterShape { Workers = 2 });
        using var child = NodeProgram.StartWorker(cluster, null, group.Before());
        await scene.SubmitAsync();
        await Until.TrueAsync(() => !child.IsAlive, Timings.Run, "the kernel kills the worker");
        Assert.True(group.Kills > 0, "the kernel killed nobody");
        scene.Fired($"the kernel killed {child.Node} for its memory");
        await scene.FinishAsync();
        Assert.DoesNotContain(scene.History.OfKind(FactKinds.Attempt), fact => fact.Cause == "Application");
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task The_item_of_a_crawling_worker_is_done_elsewhere_meanwhile() => PlayAsync("F26", async scene =>
    {
        var group = scene.Owns(ControlGroup.WithCpu(0.1));
        var cluster = await scene.StartAsync(new ClusterShape { Workers = 3 });
        var quiet = await UndisturbedAsync(scene);
        long submitted = Stopwatch.GetTimestamp();
        await scene.SubmitAsync();
        var victim = await scene.InTrainingAsync();
        group.Take(victim.Process.Pid);
        await Until.TrueAsync(() => group.Throttled > 3, Until.Hang, "the worker is throttled");
        scene.Fired($"{victim.Process} got a tenth of a core");
        await Until.TrueAsync(() => scene.History.Facts.Any(fact => fact.IsHedge), Timings.Run,
            "a second copy was leased");
        await scene.FinishAsync();
        var took = Stopwatch.GetElapsedTime(submitted);
        Assert.True(took <= 1.5 * quiet * Timings.Slack,
            $"{took.TotalSeconds:F1} s with a crawling worker, {quiet.TotalSeconds:F1} s without");
        scene.Fired($"{took.TotalSeconds:F1} s from submission to maps, {quiet.TotalSeconds:F1} s without the fault");
        Assert.True(victim.Process.IsAlive);
        await scene.CheckAsync(new CheckOptions { Hedges = true, Rework = false });
    });

    /// <summary>How long as much work takes on this cluster now.</summary>
    private static async Task<TimeSpan> UndisturbedAsync(Scene scene)
    {
        long submitted = Stopwatch.GetTimestamp();
        var like = scene.Scan.Submission(scene.Folder.Path("quiet"), protocol => protocol["seed"] = 26);
        string study = await scene.SubmitAsync(like);
        await Until.TrueAsync(
            async () => await scene.Cluster.Api.StatusAsync(study) is { Phase: StudyStatus.Published }, Timings.Run,
            "the study without a fault is published");
        return Stopwatch.GetElapsedTime(submitted);
    }
}
