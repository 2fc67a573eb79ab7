using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Invariants;
using static Ivim.Faults.Tests.Checker.HandMadeHistory;

namespace Ivim.Faults.Tests.Checker;

public sealed class ReworkTests
{
    [Fact]
    public void A_run_that_goes_on_from_its_checkpoint_does_nothing_again()
    {
        var rework = Rework.Of(Good(), Steps);
        Assert.Equal((1000, 0, 1, 250), (rework.Executed, rework.Redone, rework.LeasesLost, rework.CheckpointInterval));
        Assert.Empty(rework.Check());
    }

    [Fact]
    public void A_run_that_begins_anew_despite_a_checkpoint_is_found()
    {
        var history = new History(
        [
            .. Good().Facts.Where(fact => fact.Kind != FactKinds.Resumed)
                .Select(fact => fact is { Kind: FactKinds.Ended, Item: "train" } ? fact with { Steps = 1000 } : fact),
            Item(12.3, FactKinds.Checkpointed, "train", "b-0", 3) with { Steps = 250 },
            Item(12.6, FactKinds.Checkpointed, "train", "b-0", 3) with { Steps = 500 },
        ]);
        Assert.Equal("I4", Assert.Single(Rework.Of(history, Steps).Check()).Invariant);
    }

    [Fact]
    public void Work_that_is_done_twice_without_a_lost_lease_is_found()
    {
        var history = Good().And(Item(14.5, FactKinds.Started, "train", "c-0", 9),
            Item(14.9, FactKinds.Ended, "train", "c-0", 9) with { Steps = 1000 });
        Assert.Equal("I4", Assert.Single(Rework.Of(history, Steps).Check()).Invariant);
    }

    [Fact]
    public void Too_many_second_copies_are_found()
    {
        var history = Good().And(Enumerable.Range(0, 4).Select(copy =>
            Item(14, FactKinds.Leased, "train", $"d{copy}-0", 20 + copy) with { Cause = FactKinds.Hedged }));
        Assert.Equal("I4", Assert.Single(Rework.Of(history, Steps).Check()).Invariant);
        Assert.Empty(Rework.Of(history, Steps).Check(hedgingIsTheFault: true));
    }
}
