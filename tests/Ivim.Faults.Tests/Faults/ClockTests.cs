using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>F29: the wall clock of one node jumps while it holds a lease, or leads.</summary>
[Collection(FaultCollection.Name)]
public sealed class ClockTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    [SkippableTheory]
    [Trait("Faults", "long")]
    [InlineData(ClusterProcess.Worker, 3)]
    [InlineData(ClusterProcess.Worker, -2)]
    [InlineData(ClusterProcess.Seed, 3)]
    [InlineData(ClusterProcess.Seed, -2)]
    public Task A_clock_that_jumps_loses_no_lease(string role, int hours) => PlayAsync("F29", async scene =>
    {
        var clock = new FakedClock(scene.Folder);
        bool isSeed = role == ClusterProcess.Seed;
        var cluster = await scene.StartAsync(new ClusterShape
        {
            Workers = isSeed ? 0 : 2, Environment = isSeed ? clock.Environment : new Dictionary<string, string>(),
        });
        var others = cluster.Processes.Select(process => process.Pid).ToHashSet();
        await cluster.UpAsync(new ClusterShape
        {
            Workers = 3, Environment = isSeed ? new Dictionary<string, string>() : clock.Environment,
        });
        int faked = isSeed ? cluster.Seeds.Single().Pid
            : cluster.Workers.Single(worker => !others.Contains(worker.Pid)).Pid;
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync();
        clock.JumpTo(TimeSpan.FromHours(hours));
        await Until.TrueAsync(() => scene.History.Facts.Any(fact => fact.Pid == faked && IsAway(fact.At, hours)),
            Until.Hang, "the node writes down the other time");
        scene.Fired($"the clock of {role} {faked} jumped by {hours} h");
        await scene.FinishAsync();
        Assert.Equal(0, scene.History.LeasesLost);
        await scene.CheckAsync(new CheckOptions { Times = false });
    });

    private static bool IsAway(DateTimeOffset at, int hours)
    {
        var ahead = at - TimeProvider.System.GetUtcNow();
        return Math.Abs(ahead.TotalHours - hours) < 0.2;
    }
}
