using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Databases;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>F2, F4 and F30: seeds that are killed, machines that lose their power, and starts in any order.</summary>
[Collection(FaultCollection.Name)]
public sealed class SeedDeathTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    /// <summary>Detection, stable-after, removal margin and the start of the singletons: docs/reliability.md.</summary>
    private static readonly TimeSpan Failover = TimeSpan.FromSeconds(20);

    [SkippableFact]
    [Trait("Faults", "short")]
    public Task The_only_seed_is_killed_and_started_again() => PlayAsync("F2", async scene =>
    {
        var cluster = await scene.StartAsync(new ClusterShape());
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync(scene.Nemesis.Between(2, 8));
        var seed = Assert.Single(cluster.Seeds);
        await LocalCluster.KillAsync(seed);
        scene.Fired($"{seed} was killed");
        var again = cluster.UpAgainAsync();
        await scene.RecoversAsync("only seed kill -9, restarted at once", Timings.SeedKilled,
            history => LeadsAfter(history, seed));
        await again;
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task The_only_seed_is_away_for_longer_than_a_lease() => PlayAsync("F2", async scene =>
    {
        var cluster = await scene.StartAsync(new ClusterShape());
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        var seed = Assert.Single(cluster.Seeds);
        int before = cluster.Workers.Count;
        await scene.DuringOutageAsync(async () =>
        {
            await LocalCluster.KillAsync(seed);
            scene.Fired($"{seed} was killed, and away for 10 s");
            await Until.StaysTrueAsync(() => Task.FromResult(cluster.Workers.Count == before), TimeSpan.FromSeconds(10),
                "the workers outlive the seed");
        });
        var again = cluster.UpAgainAsync();
        await scene.RecoversAsync("only seed kill -9, away 10 s", Timings.SeedKilled,
            history => LeadsAfter(history, seed));
        await again;
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task One_of_two_seeds_is_killed_and_the_other_goes_on_alone() => PlayAsync("F2", async scene =>
    {
        var cluster = await scene.StartAsync(new ClusterShape { Seeds = 2, Workers = 2 });
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        // The queue lives on the oldest seed: that one tells of leases.
        int leader = scene.History.OfKind(FactKinds.Leased).Last().Pid;
        var seed = cluster.Seeds.Single(seed => seed.Pid == leader);
        await LocalCluster.KillAsync(seed);
        scene.Fired($"{seed}, which held the queue, was killed");
        await scene.RecoversAsync("one of two seeds kill -9", Failover, history => LeadsAfter(history, seed));
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Seeds_are_replaced_one_after_the_other_while_work_goes_on() => PlayAsync("F2", async scene =>
    {
        var cluster = await scene.StartAsync(new ClusterShape { Seeds = 2, Workers = 2 });
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        foreach (var seed in cluster.Seeds)
        {
            UnixProcess.Terminate(seed.Pid);
            await Until.TrueAsync(() => !seed.IsAlive, Timings.Drain, $"{seed} has left");
            scene.Fired($"{seed} left and was started again");
            await cluster.UpAgainAsync();
        }
        await scene.FinishAsync();
        Assert.Equal(0, scene.History.LeasesLost);
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "short")]
    public Task The_power_goes_and_comes_back() => PlayAsync("F4", async scene =>
    {
        scene.Postgres = await PostgresServer.StartNewAsync();
        var cluster = await scene.StartAsync(new ClusterShape { Journal = scene.Postgres.Journal });
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync(scene.Nemesis.Between(3, 8));
        var all = cluster.Processes;
        await scene.DuringOutageAsync(async () =>
        {
            await Task.WhenAll(scene.Postgres.StopImmediatelyAsync(), LocalCluster.KillAsync(all));
            scene.Fired($"{all.Count} processes and PostgreSQL were gone at once");
            await scene.Postgres.StartAsync();
        });
        var again = cluster.UpAgainAsync();
        await scene.RecoversAsync("everything kill -9, database immediate stop", Timings.EverythingKilled,
            history => LeadsAfter(history, all.Single(process => process.Role == ClusterProcess.Seed)));
        await again;
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Workers_first_the_database_last_the_seed_twice() => PlayAsync("F30", async scene =>
    {
        scene.Postgres = await PostgresServer.StartNewAsync();
        var cluster = await scene.StartAsync(new ClusterShape { Journal = scene.Postgres.Journal });
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        var (seed, commands) = (Assert.Single(cluster.Seeds), cluster.Processes.ToDictionary(
            process => process, process => StartedProcess.Of(process.Pid)));
        ClusterProcess Start(ClusterProcess process)
        {
            var again = process with { Pid = commands[process].StartAgain(process.Log) };
            cluster.Adopt(again);
            return again;
        }

        await scene.DuringOutageAsync(async () =>
        {
            await LocalCluster.KillAsync(cluster.Processes);
            await scene.Postgres.StopImmediatelyAsync();
            foreach (var worker in commands.Keys.Where(process => process.Role == ClusterProcess.Worker)) Start(worker);
            var first = Start(seed);
            await Until.TrueAsync(() => UnixProcess.Catches(first.Pid, UnixProcess.TerminateSignal) || !first.IsAlive,
                Until.Hang, "the first seed runs");
            await LocalCluster.KillAsync(first);
            Start(seed);
            scene.Fired("workers were started, then a seed which was killed, then a seed, then PostgreSQL");
            await scene.Postgres.StartAsync();
        });
        await scene.RecoversAsync("workers first, database last, seed twice", Timings.EverythingKilled,
            history => LeadsAfter(history, seed));
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    /// <summary>Whether another seed gives out work, or has taken up the work that goes on.</summary>
    private static bool LeadsAfter(History history, ClusterProcess seed)
    {
        // History is by time: what a seed that came later says is below the last word of the one before.
        int last = history.Facts.ToList().FindLastIndex(fact => fact.Pid == seed.Pid);
        return history.Facts.Skip(last + 1).Any(fact =>
            fact.Pid != seed.Pid && fact.Kind is FactKinds.Leased or FactKinds.Adopted);
    }
}
