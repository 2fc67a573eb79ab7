using System.Collections.Concurrent;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>Evidence before blame: what quarantines a study, and what never does.</summary>
public sealed class EvidenceTests
{
    private const int Seeds = 60;

    [Fact]
    public void Kill_storms_quarantine_no_study()
    {
        var worlds = RunAll(Fault.Kill, Fault.KillStorm);
        Assert.Empty(worlds.SelectMany(world => world.Violations));
        Assert.DoesNotContain(worlds, world => world.Facts.Contains("study Failed"));
    }

    [Fact]
    public void A_poison_study_is_found_by_two_crashed_workers_and_the_others_are_published()
    {
        var worlds = RunAll(Fault.Poison);
        Assert.Empty(worlds.SelectMany(world => world.Violations));
        Assert.Contains(worlds, world => world.Studies[0].FailureCode == "ITEM-CRASHES-WORKERS"
            && world.Blame.Crashed(world.Studies[0].Id).Count == 2);
        Assert.All(worlds.SelectMany(world => world.Studies.Skip(1)), study => Assert.Empty(study.FailureCode));
    }

    private static List<World> RunAll(params Fault[] faults)
    {
        var worlds = new ConcurrentBag<World>();
        Parallel.For(1, Seeds + 1,
            seed => worlds.Add(Simulation.Run((ulong)seed, Faults.Of(faults), Protection.All)));
        return [.. worlds];
    }
}
