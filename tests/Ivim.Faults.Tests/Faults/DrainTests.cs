using System.Diagnostics;
using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>F6 and F7: workers that are asked to end.</summary>
[Collection(FaultCollection.Name)]
public sealed class DrainTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    [SkippableFact]
    [Trait("Faults", "short")]
    public Task A_worker_that_is_asked_to_end_loses_not_one_step_and_exits_with_0() => PlayAsync("F6", async scene =>
    {
        using var child = await StartWithChildAsync(scene);
        await scene.SubmitAsync();
        var victim = await scene.InTrainingAsync(process => process.Pid == child.Pid);
        long asked = Stopwatch.GetTimestamp();
        UnixProcess.Terminate(child.Pid);
        int exitCode = await child.EndAsync(Timings.Drain);
        scene.Fired($"SIGTERM; {victim.Process} ended after {Stopwatch.GetElapsedTime(asked).TotalSeconds:F1} s");
        Assert.Equal(0, exitCode);
        // The queue writes it down by itself; the worker only had to tell.
        await Until.TrueAsync(() => scene.History.OfKind(FactKinds.Released).Any(fact => fact.Key == victim.Key
            && fact.Epoch == victim.Epoch && fact.Pid != child.Pid), Until.Hang, "the lease was given back");
        await scene.RecoversAsync("worker SIGTERM", Timings.WorkerKilled, victim.IsFreed);
        await scene.FinishAsync();
        int kept = scene.History.Facts.Where(fact => fact.Pid == child.Pid && fact.Key == victim.Key)
            .Max(fact => fact.Kind == FactKinds.Checkpointed ? fact.Steps : null) ?? 0;
        Assert.Equal(kept, victim.NextRunFrom(scene.History));
        Assert.Equal(0, Invariants.Rework.Of(scene.History, scene.Scan.PlannedSteps).Redone);
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_second_request_to_end_does_no_harm() => PlayAsync("F7", async scene =>
    {
        using var child = await StartWithChildAsync(scene);
        await scene.SubmitAsync();
        var victim = await scene.InTrainingAsync(process => process.Pid == child.Pid);
        UnixProcess.Terminate(child.Pid);
        UnixProcess.Terminate(child.Pid);
        Assert.Equal(0, await child.EndAsync(Timings.Drain));
        scene.Fired($"SIGTERM twice to {victim.Process}");
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Asked_to_end_while_it_starts_it_ends() => PlayAsync("F7", async scene =>
    {
        var cluster = await scene.StartAsync(new ClusterShape { Workers = 1 });
        using var child = NodeProgram.StartWorker(cluster);
        // Before its first line the process is .NET's, which ends with 143 by itself.
        await Until.TrueAsync(() => File.Exists(child.Node.Log) && new FileInfo(child.Node.Log).Length > 0,
            Until.Hang, "the worker has begun to start");
        Assert.True(child.IsAlive);
        Assert.DoesNotContain(" runs", await File.ReadAllTextAsync(child.Node.Log), StringComparison.Ordinal);
        UnixProcess.Terminate(child.Pid);
        Assert.Equal(0, await child.EndAsync(Timings.Drain));
        scene.Fired("SIGTERM during start-up");
        await scene.SubmitAsync();
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Asked_to_end_while_it_hands_in_a_result_it_hands_it_in_first() => PlayAsync("F7", async scene =>
    {
        using var child = await StartWithChildAsync(scene);
        await scene.SubmitAsync();
        var reported = await Until.FoundAsync(() => Task.FromResult(scene.History.Facts.FirstOrDefault(fact =>
                fact.Pid == child.Pid && fact is { Kind: FactKinds.Ended, Cause: "result" })),
            Timings.Run, () => "a result");
        UnixProcess.Terminate(child.Pid);
        Assert.Equal(0, await child.EndAsync(Timings.Drain));
        scene.Fired($"SIGTERM at the end of {reported.Item}");
        await scene.FinishAsync();
        Assert.Single(scene.History.OfKind(FactKinds.Counted), fact => fact.Key == reported.Key);
        await scene.CheckAsync();
    });

    /// <summary>Two workers of `cluster up`, and one that is this process's child and so tells its exit code.</summary>
    private static async Task<NodeProgram> StartWithChildAsync(Scene scene)
    {
        var cluster = await scene.StartAsync(new ClusterShape { Workers = 2 });
        var child = NodeProgram.StartWorker(cluster);
        await Until.TrueAsync(
            async () => await cluster.Api.ClusterAsync() is { } sight && sight.Up(ClusterProcess.Worker) == 3,
            Until.Hang, "the third worker has joined");
        return child;
    }
}
