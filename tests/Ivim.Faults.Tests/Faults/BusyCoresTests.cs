using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>Work, of the cluster or of others, never keeps a node from saying that it lives.</summary>
[Collection(FaultCollection.Name)]
public sealed class BusyCoresTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    private const string Unreachable = "member unreachable";

    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(10);

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Heartbeats_hold_while_every_core_trains_and_spins() => PlayAsync("busy cores", async scene =>
    {
        int cores = Environment.ProcessorCount;
        var cluster = await scene.StartAsync(new ClusterShape { Workers = cores });
        await scene.SubmitAsync();
        await Until.TrueAsync(
            () => cluster.Workers.All(worker => Victims.Of(worker, scene.History) is { KeptStep: > 0 }),
            Timings.Run, "every worker is in a training");
        using (var spinners = new Spinners(2 * cores))
        {
            await Until.StaysTrueAsync(() => Task.FromResult(!Logged(scene)), Busy, "every node is reachable");
            Assert.True(spinners.Burnt > TimeSpan.FromSeconds(1), $"they spun for {spinners.Burnt} alone");
            scene.Fired($"{2 * cores} processes spun beside {cores} trainings, {spinners.Burnt.TotalSeconds:F0} s");
        }
        await scene.FinishAsync();
        Assert.False(Logged(scene), "a node was taken for unreachable");
        Assert.Equal(0, scene.History.LeasesLost);
        await scene.CheckAsync();
    });

    private static bool Logged(Scene scene) => Directory.EnumerateFiles(scene.Cluster.Logs).Any(log =>
    {
        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Contains(Unreachable, StringComparison.Ordinal);
    });
}
