using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Databases;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>Every five seconds a random process dies: the acceptance of issue 3, and F33's redone work.</summary>
[Collection(FaultCollection.Name)]
public sealed class StormTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    private const int LongSteps = 2400;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Every_five_seconds_a_random_process_is_killed_and_once_the_database() => PlayAsync("F33", async scene =>
    {
        (scene.Scan, scene.QuietHashes) = await Quiet.AnotherAsync(seed: 8, LongSteps);
        scene.Postgres = await PostgresServer.StartNewAsync();
        var cluster = await scene.StartAsync(new ClusterShape { Journal = scene.Postgres.Journal });
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        using var end = new CancellationTokenSource();
        var storm = StormAsync(scene, cluster, end.Token);
        await scene.FinishAsync();
        await end.CancelAsync();
        int kills = await storm;
        Assert.True(kills >= 4, $"only {kills} processes were killed");
        await scene.CheckAsync(new CheckOptions { Status = false });
    });

    /// <returns>How many were killed.</returns>
    private static async Task<int> StormAsync(Scene scene, LocalCluster cluster, CancellationToken end)
    {
        using var ticks = new PeriodicTimer(Between);
        int kills = 0, databaseAt = scene.Nemesis.Between(1, 3);
        try
        {
            while (await ticks.WaitForNextTickAsync(end))
            {
                if (kills == databaseAt)
                {
                    await scene.Postgres!.KillAsync();
                    scene.Fired("PostgreSQL was killed");
                    await scene.Postgres.StartAsync();
                }
                else
                {
                    var victim = scene.Nemesis.Choose(cluster.Processes);
                    await LocalCluster.KillAsync(victim);
                    scene.Fired($"{victim} was killed");
                    await cluster.UpAgainAsync();
                }
                kills++;
            }
        }
        catch (OperationCanceledException)
        {
            // The study is done.
        }
        return kills;
    }
}
