using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Databases;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>
/// F3: a process that dies at a step of a commit leaves the old state or the new one, never half of it.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class CommitStepTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    [SkippableTheory]
    [Trait("Faults", "long")]
    [InlineData("after_tmp")]
    [InlineData("after_fsync")]
    [InlineData("after_rename")]
    public Task A_worker_dies_while_it_stores_a_result(string step) => PlayAsync("F3", async scene =>
    {
        var cluster = await scene.StartAsync(new ClusterShape { Workers = 2 });
        var before = cluster.Workers.Select(worker => worker.Pid).ToHashSet();
        int nth = scene.Nemesis.Between(2, 6);
        await cluster.UpAsync(new ClusterShape { Workers = 3, Environment = TestHooks.CrashAt(step, nth) });
        var doomed = cluster.Workers.Single(worker => !before.Contains(worker.Pid));
        await scene.SubmitAsync();
        await Until.TrueAsync(() => !doomed.IsAlive, Timings.Run, $"{doomed} dies at {step}");
        scene.Fired($"{doomed} died at {step}, the {nth}th time");
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableTheory]
    [Trait("Faults", "long")]
    [InlineData("before_tx")]
    [InlineData("after_tx")]
    public Task A_seed_dies_while_it_persists_an_event(string step) => PlayAsync("F3", async scene =>
    {
        int nth = scene.Nemesis.Between(2, 6);
        var cluster = await scene.StartAsync(new ClusterShape
        {
            Workers = 0, Environment = TestHooks.CrashAt(step, nth),
        });
        var doomed = cluster.Seeds.Single();
        await cluster.UpAsync(new ClusterShape { Workers = 3 });
        await scene.SubmitAsync();
        await Until.TrueAsync(() => !doomed.IsAlive, Timings.Run, $"{doomed} dies at {step}");
        scene.Fired($"{doomed} died at {step}, the {nth}th time");
        await cluster.UpAgainAsync();
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_seed_dies_in_the_middle_of_a_transaction() => PlayAsync("F3", async scene =>
    {
        var server = scene.Postgres = await PostgresServer.StartNewAsync();
        var cluster = await scene.StartAsync(new ClusterShape { Journal = server.Journal });
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        await using (var held = await HeldInserts.MakeAsync(server, "journal"))
        {
            await Until.TrueAsync(held.HoldsOneAsync, Timings.Run, "an event is inserted");
            await LocalCluster.KillAsync(cluster.Seeds.Single());
            Assert.True(await held.HoldsOneAsync(), "its transaction was over before it died");
            scene.Fired("the seed died between the insertion of an event and its commit");
        }
        await cluster.UpAgainAsync();
        await scene.FinishAsync();
        await scene.CheckAsync();
    });
}
