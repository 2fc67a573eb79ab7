using System.Net;
using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Databases;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>F13, F14 and F15: a database that restarts, that hangs, and that commits without saying so.</summary>
[Collection(FaultCollection.Name)]
public sealed class DatabaseTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    [SkippableFact]
    [Trait("Faults", "long")]
    public Task PostgreSQL_is_stopped_at_once_and_started_again() =>
        RestartAsync(server => server.StopImmediatelyAsync());

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task PostgreSQL_is_stopped_in_order_and_started_again() => RestartAsync(server => server.StopFastAsync());

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task PostgreSQL_is_killed_and_recovers_from_its_log() => RestartAsync(server => server.KillAsync());

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task PostgreSQL_hangs_and_the_seed_is_not_ready_but_lives() => PlayAsync("F14", async scene =>
    {
        var cluster = await StartAsync(scene, server => server.Journal);
        var before = cluster.Processes;
        await scene.DuringOutageAsync(async () =>
        {
            await scene.Postgres!.HangAsync();
            scene.Fired($"{scene.Postgres.Processes.Count} processes of PostgreSQL stood still");
            await Until.TrueAsync(
                async () => await cluster.Api.HealthAsync("ready") is { } ready && ready != HttpStatusCode.OK,
                TimeSpan.FromSeconds(10), "the seed says that it is not ready");
            await Until.StaysTrueAsync(async () => await cluster.Api.HealthAsync("live") == HttpStatusCode.OK,
                TimeSpan.FromSeconds(10), "the seed lives");
            scene.Postgres.GoOn();
            await Until.TrueAsync(async () => await cluster.Api.HealthAsync("ready") == HttpStatusCode.OK,
                TimeSpan.FromSeconds(20), "the seed is ready again");
        });
        await scene.FinishAsync();
        Assert.Equal(before, cluster.Processes);
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "short")]
    public Task Commits_whose_answers_are_lost_are_neither_lost_nor_counted_twice() => PlayAsync("F15", async scene =>
    {
        TcpProxy? proxy = null;
        await StartAsync(scene,
            server => PostgresServer.JournalAt((proxy = scene.Owns(new TcpProxy(server.Port))).Port));
        int cuts = scene.Nemesis.Between(2, 4);
        proxy!.CutNextCommits(cuts);
        await Until.TrueAsync(() => proxy.CommitCuts >= cuts, Timings.Run, $"{cuts} commits lost their answers");
        scene.Fired($"{proxy.CommitCuts} connections were cut between COMMIT and its answer");
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    private Task RestartAsync(Func<PostgresServer, Task> stop) => PlayAsync("F13", async scene =>
    {
        var cluster = await StartAsync(scene, server => server.Journal);
        var before = cluster.Processes;
        int counted = 0;
        await scene.DuringOutageAsync(async () =>
        {
            await stop(scene.Postgres!);
            Assert.False(await scene.Postgres!.AnswersAsync(), "PostgreSQL still answers");
            scene.Fired("PostgreSQL was gone");
            await Until.StaysTrueAsync(() => Task.FromResult(before.All(process => process.IsAlive)),
                TimeSpan.FromSeconds(scene.Nemesis.Between(2, 6)), "no process ends because the database is away");
            counted = scene.History.Count(FactKinds.Counted);
            await scene.Postgres.StartAsync();
            await scene.Postgres.UntilAnswersAsync();
        });
        await scene.RecoversAsync("database away and back", Timings.DatabaseBack,
            history => history.Count(FactKinds.Counted) > counted || history.Count(FactKinds.Published) > 0);
        await scene.FinishAsync();
        Assert.Equal(before, cluster.Processes);
        await scene.CheckAsync();
    });

    private static async Task<LocalCluster> StartAsync(Scene scene, Func<PostgresServer, string> journal)
    {
        scene.Postgres = await PostgresServer.StartNewAsync();
        var cluster = await scene.StartAsync(new ClusterShape { Journal = journal(scene.Postgres) });
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync(scene.Nemesis.Between(2, 6));
        return cluster;
    }
}
