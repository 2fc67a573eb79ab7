using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>Each safeguard switched off is noticed: an invariant that never fails proves nothing.</summary>
public sealed class NegativeControlTests
{
    [Fact]
    public void Without_the_fence_of_the_journal_results_are_counted_twice() => AssertNoticed("I2", 60,
        new Protection { IsJournalFenced = false }, Fault.TwinOwner, Fault.Delay, Fault.Pause);

    [Fact]
    public void Without_the_fence_of_the_leases_a_late_word_takes_an_item_from_its_worker() =>
        AssertNoticed("I4", 100, new Protection { Safeguards = Safeguards.All with { Fencing = false } },
            Fault.Delay, Fault.Duplication, Fault.Pause, Fault.ApplicationError, Fault.Drain);

    [Fact]
    public void Without_fsync_a_power_failure_takes_reported_results() => AssertNoticed("I6", 20,
        new Protection { Synchronizes = false }, Fault.PowerFailure);

    [Fact]
    public void Unless_the_first_result_wins_results_are_counted_twice() => AssertNoticed("I2", 20,
        new Protection { Safeguards = Safeguards.All with { FirstResultWins = false } },
        Fault.Duplication, Fault.Delay, Fault.Loss);

    [Fact]
    public void Unless_hashes_are_checked_a_second_result_that_differs_goes_unnoticed() => AssertNoticed("I2", 60,
        new Protection { Safeguards = Safeguards.All with { HashCheck = false } },
        Fault.Flip, Fault.Loss, Fault.Delay, Fault.Pause, Fault.LostArtifact);

    [Fact]
    public void Unless_the_study_is_asked_maps_come_out_that_nobody_allowed() => AssertNoticed("I10", 20,
        new Protection { AsksBeforePublishing = false }, Fault.Cancellation, Fault.Loss, Fault.JournalHang);

    /// <summary>With the same faults and the same seeds nothing is wrong where the safeguard is on.</summary>
    private static void AssertNoticed(string invariant, int seeds, Protection protection, params Fault[] faults)
    {
        Assert.Empty(Violations(seeds, Protection.All, faults));
        Assert.Contains(Violations(seeds, protection, faults),
            violation => violation.StartsWith(invariant, StringComparison.Ordinal));
    }

    private static List<string> Violations(int seeds, Protection protection, Fault[] faults)
    {
        var found = new List<string>();
        Parallel.For(1, seeds + 1, seed =>
        {
            var world = Simulation.Run((ulong)seed, Faults.Of(faults), protection);
            lock (found) found.AddRange(world.Violations.Select(violation => $"{violation} (seed {seed})"));
        });
        return found;
    }
}
