using System.Diagnostics;
using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Invariants;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>F8, F9, F10 and F12: networks that part, that hear on one side, that flap and that crawl.</summary>
[Collection(FaultCollection.Name)]
public sealed class PartitionTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    private const int FirstSeed = 1, SecondSeed = 2, ThirdSeed = 3, FirstWorker = 4, SecondWorker = 5;

    [SkippableFact]
    [Trait("Faults", "short")]
    public Task A_seed_and_a_worker_are_cut_off_and_come_back() => CutSeedAndWorkerAsync(NetworkAsync);

    /// <summary>What the test before does where there are no namespaces.</summary>
    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_seed_and_a_worker_that_drop_all_by_themselves_come_back() => CutSeedAndWorkerAsync(BlackHoleAsync);

    private Task CutSeedAndWorkerAsync(Func<Scene, Task<INetwork>> make) => PlayAsync("F8", async scene =>
    {
        var network = await StartAsync(scene, seeds: 3, make);
        int seed = scene.Nemesis.Choose([FirstSeed, SecondSeed, ThirdSeed]);
        int worker = scene.Nemesis.Choose([FirstWorker, SecondWorker]);
        ((ProgramCluster)scene.Cluster).AskLast(network.AddressOf(seed));
        var victim = await scene.InTrainingAsync(process => process.Address.StartsWith(
            network.AddressOf(worker) + ":", StringComparison.Ordinal));
        await network.CutAsync(seed, worker);
        string how = network.GetType().Name;
        scene.Fired($"seed {seed} and worker {worker} were cut off ({how})");
        await scene.RecoversAsync($"partition of a seed and a worker ({how})", Timings.Partition, victim.IsFreed);
        await network.HealAsync(seed, worker);
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Two_seeds_lose_sight_of_each_other_and_one_goes_on() => PlayAsync("F8", async scene =>
    {
        var network = await StartAsync(scene, seeds: 2);
        int seed = scene.Nemesis.Choose([FirstSeed, SecondSeed]);
        await network.CutAsync(seed);
        scene.Fired($"the link of seed {seed} of two was down");
        // Either side may win the arbiter's row; healed, all are one cluster again.
        await Until.StaysTrueAsync(() => Task.FromResult(scene.Cluster.Processes.Count == 4), Timings.Partition,
            "no process ends because of a partition");
        await network.HealAsync(seed);
        await scene.FinishAsync();
        await scene.CheckAsync(new CheckOptions { Status = false });
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_worker_that_hears_nothing_but_is_heard_comes_back() => PlayAsync("F9", async scene =>
    {
        var network = await StartAsync(scene, seeds: 1);
        int deaf = scene.Nemesis.Choose([FirstSeed, FirstWorker]), to = FirstSeed + FirstWorker - deaf;
        await network.DeafenAsync(deaf, to);
        await Until.TrueAsync(() => network.IsDeafAsync(deaf), Until.Hang, "packets are dropped");
        await Until.TrueAsync(
            async () => await scene.Cluster.Api.ClusterAsync() is { } sight && sight.Up(ClusterProcess.Worker) == 1,
            Timings.Partition, "the worker is seen to be gone");
        scene.Fired($"host {deaf} dropped what came from host {to}");
        await network.HearAgainAsync(deaf);
        await Until.TrueAsync(
            async () => await scene.Cluster.Api.ClusterAsync() is { } sight && sight.Up(ClusterProcess.Worker) == 2,
            Until.Hang, "the worker is back");
        await scene.FinishAsync();
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_flapping_link_stops_nobody_else() => PlayAsync("F10", async scene =>
    {
        scene.Scan = await Quiet.LongerAsync();
        scene.QuietHashes = await Quiet.HashesOfAsync(scene.Scan);
        var network = await StartAsync(scene, seeds: 1);
        var processes = scene.Cluster.Processes;
        int flaps = 0;
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (flaps < 30 && await second.WaitForNextTickAsync())
        {
            await network.CutAsync(FirstWorker);
            await second.WaitForNextTickAsync();
            await network.HealAsync(FirstWorker);
            flaps++;
        }
        scene.Fired($"the link of a worker went down and up {flaps} times");
        var calm = TimeProvider.System.GetUtcNow();
        Assert.Equal(processes, scene.Cluster.Processes);
        await scene.FinishAsync();
        Assert.Empty(HistoryInvariants.Alive(
            scene.History, Timings.AfterFlaps, [new Outage(DateTimeOffset.MinValue, calm)]));
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_slow_network_loses_no_lease() => PlayAsync("F12", async scene =>
    {
        Rights.NeedProgram("tc", "iproute2");
        var network = await PrivateNetwork.MakeAsync(SecondWorker);
        await StartAsync(scene, seeds: 1, async _ => scene.Owns(network));
        long before = Stopwatch.GetTimestamp();
        foreach (int host in (int[])[FirstSeed, FirstWorker, SecondWorker])
            Assert.True(await network.SlowAsync(host, "1mbit"), "the link keeps its speed");
        scene.Fired("every link was slowed to 1 Mbit/s");
        await scene.FinishAsync();
        Assert.Equal(0, scene.History.LeasesLost);
        Assert.True(Stopwatch.GetElapsedTime(before) > TimeSpan.FromSeconds(1));
        await scene.CheckAsync();
    });

    /// <summary>Namespaces where this machine lets us make them, a black hole in the nodes elsewhere.</summary>
    private static async Task<INetwork> NetworkAsync(Scene scene)
    {
        try
        {
            return scene.Owns(await PrivateNetwork.MakeAsync(SecondWorker));
        }
        catch (SkipException)
        {
            return await BlackHoleAsync(scene);
        }
    }

    private static Task<INetwork> BlackHoleAsync(Scene scene) =>
        Task.FromResult<INetwork>(new BlackHoleNetwork(scene.Folder.Path("cuts"), SecondWorker));

    /// <summary>Seeds on hosts 1.., two workers on hosts 4 and 5, at work.</summary>
    private static async Task<INetwork> StartAsync(
        Scene scene, int seeds, Func<Scene, Task<INetwork>>? make = null)
    {
        var network = await (make ?? NetworkAsync)(scene);
        string[] addresses = [.. Enumerable.Range(FirstSeed, seeds)
            .Select(seed => ProgramCluster.At(network.AddressOf(seed)))];
        var cluster = new ProgramCluster(scene.Work, addresses) { ForAll = network.Settings };
        scene.Use(cluster);
        for (int seed = FirstSeed; seed < FirstSeed + seeds; seed++)
            cluster.StartSeed(addresses[seed - FirstSeed], before: network.On(seed));
        foreach (int worker in (int[])[FirstWorker, SecondWorker])
            cluster.StartWorker(ProgramCluster.At(network.AddressOf(worker)), network.On(worker));
        await cluster.UntilUpAsync(seeds, 2);
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        return network;
    }
}
