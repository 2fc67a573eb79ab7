using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Invariants;
using static Ivim.Faults.Tests.Checker.HandMadeHistory;

namespace Ivim.Faults.Tests.Checker;

/// <summary>The checker finds each kind of violation, and none where there is none.</summary>
public sealed class HistoryInvariantsTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6), Window = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_killed_worker_violates_nothing() => Assert.Empty(Check(Good()));

    [Fact]
    public void An_item_that_is_never_counted_is_lost()
    {
        var found = Check(Good().Without(fact => fact is { Kind: FactKinds.Counted, Item: "train" }));
        Assert.Contains(found, violation => violation.Invariant == "I1" && violation.What.Contains("2 of 3"));
        Assert.Contains(found, violation =>
            violation.What.Contains("train of study st-1 was leased and never counted"));
    }

    [Fact]
    public void An_item_whose_seed_died_before_it_could_tell_is_heard_as_a_duplicate() => Assert.Empty(Check(
        Good().Without(fact => fact is { Kind: FactKinds.Counted, Item: "train" })
            .And(Heard(14.5, FactKinds.Duplicate, "train"))));

    [Fact]
    public void A_study_that_never_rests_is_lost() => FindsOnly("I1",
        Good().Without(fact => fact.Kind == FactKinds.Published));

    [Fact]
    public void A_study_that_fails_without_a_reason_is_lost() => FindsOnly("I1",
        Good().Without(fact => fact.Kind == FactKinds.Published).And(At(16, FactKinds.Failed)));

    [Fact]
    public void A_key_that_is_counted_twice_is_found() => FindsOnly("I2",
        Good().And(Heard(15.2, FactKinds.Counted, "train")));

    [Fact]
    public void A_key_that_is_counted_again_because_its_artifact_was_lost_is_no_violation() => Assert.Empty(Check(Good()
        .And(Heard(14.5, FactKinds.Attempt, "publish") with { Cause = "LostInput" },
            Heard(15.2, FactKinds.Counted, "train"))));

    [Fact]
    public void A_duplicate_with_another_hash_is_found() => FindsOnly("I2",
        Good().And(Heard(15.2, FactKinds.Duplicate, "train", "other")));

    [Fact]
    public void A_mismatch_is_found() => FindsOnly("I2", Good().And(Heard(15.2, FactKinds.Mismatch, "train")));

    [Fact]
    public void An_epoch_that_is_given_twice_is_found() => FindsOnly("I2",
        Good().And(Item(15.2, FactKinds.Leased, "train", "c-0", 3)));

    [Fact]
    public void A_silence_is_found()
    {
        FindsOnly("I8", Later(Good(), fromSeconds: 14.5, by: 20));
        var outage = new Outage(Time(15), Time(30));
        Assert.Empty(HistoryInvariants.Alive(Later(Good(), 14.5, 20), Window, [outage]));
    }

    [Fact]
    public void A_lease_that_outlives_its_worker_for_too_long_is_found()
    {
        var found = HistoryInvariants.NoOldLease(Later(Good(), fromSeconds: 11, by: 10), Lease, []);
        Assert.Equal("I8", Assert.Single(found).Invariant);
    }

    private static void FindsOnly(string invariant, History history)
    {
        var found = Check(history);
        Assert.NotEmpty(found);
        Assert.All(found, violation => Assert.Equal(invariant, violation.Invariant));
    }

    private static List<Violation> Check(History history) =>
    [
        .. HistoryInvariants.NoLostItem(history), .. HistoryInvariants.CountedOnce(history),
        .. HistoryInvariants.Alive(history, Window, []), .. HistoryInvariants.NoOldLease(history, Lease, []),
    ];

    private static History Later(History history, double fromSeconds, double by) => new(
    [
        .. history.Facts.Select(fact => fact.At < Time(fromSeconds) ? fact : fact with { At = fact.At.AddSeconds(by) }),
    ]);
}
