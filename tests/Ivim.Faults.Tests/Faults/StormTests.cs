using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Databases;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>
/// Every five seconds a random process dies, once the database: F33's redone work, on a real scan too.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class StormTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_storm_over_a_long_training() => StormAsync(Quiet.LongerAsync);

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_storm_over_the_prostate() => StormAsync(() => Task.FromResult(ProstateScan.Find()));

    private Task StormAsync(Func<Task<ScanToMap>> find) => PlayAsync("F33", async scene =>
    {
        scene.Scan = await find();
        scene.QuietHashes = await Quiet.HashesOfAsync(scene.Scan);
        scene.Postgres = await PostgresServer.StartNewAsync();
        var cluster = await scene.StartAsync(new ClusterShape { Journal = scene.Postgres.Journal });
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        using var end = new CancellationTokenSource();
        var storm = KillAsync(scene, cluster, end.Token);
        await scene.FinishAsync();
        await end.CancelAsync();
        int kills = await storm;
        Assert.True(kills >= 4, $"only {kills} processes were killed");
        await scene.CheckAsync(new CheckOptions { Status = false });
    });

    /// <returns>How many were killed.</returns>
    private static async Task<int> KillAsync(Scene scene, LocalCluster cluster, CancellationToken end)
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
