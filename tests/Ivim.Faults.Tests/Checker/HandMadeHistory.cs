using Ivim.Faults.Tests.Histories;

namespace Ivim.Faults.Tests.Checker;

/// <summary>
/// Histories as nodes would write them, made by hand: one good one, and whatever a test spoils of it.
/// </summary>
internal static class HandMadeHistory
{
    public const string Study = "st-1";

    public const int Steps = 1000, Items = 3;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Three items by two workers; the first worker of the second item is killed at step 600 with 500 kept, and the
    /// second worker goes on from there.
    /// </summary>
    public static History Good() => History.Of(
        At(0, FactKinds.Submitted), Item(1, FactKinds.Leased, "prepare", "a-0", 1),
        Item(1.1, FactKinds.Started, "prepare", "a-0", 1), Item(2, FactKinds.Ended, "prepare", "a-0", 1),
        Heard(2.1, FactKinds.Counted, "prepare"), At(2.2, FactKinds.Planned) with { Total = Items },
        Item(3, FactKinds.Leased, "train", "a-0", 2), Item(3.1, FactKinds.Started, "train", "a-0", 2),
        Item(4, FactKinds.Checkpointed, "train", "a-0", 2) with { Steps = 250 },
        Item(5, FactKinds.Checkpointed, "train", "a-0", 2) with { Steps = 500 },
        Item(11.5, FactKinds.Expired, "train", "a-0", 2), Item(12, FactKinds.Leased, "train", "b-0", 3),
        Item(12.1, FactKinds.Started, "train", "b-0", 3),
        Item(12.2, FactKinds.Resumed, "train", "b-0", 3) with { FromStep = 500 },
        Item(13, FactKinds.Checkpointed, "train", "b-0", 3) with { Steps = 750 },
        Item(14, FactKinds.Ended, "train", "b-0", 3) with { Steps = 500, Cause = "result" },
        Heard(14.1, FactKinds.Counted, "train"),
        Item(15, FactKinds.Leased, "publish", "b-0", 4), Item(15.1, FactKinds.Started, "publish", "b-0", 4),
        Item(15.5, FactKinds.Ended, "publish", "b-0", 4), Heard(15.6, FactKinds.Counted, "publish"),
        At(16, FactKinds.Published));

    public static DateTimeOffset Time(double seconds) => Start.AddSeconds(seconds);

    public static Fact At(double seconds, string kind) =>
        new() { At = Time(seconds), Node = "n", Pid = 1, Kind = kind, Study = Study };

    public static Fact Item(double seconds, string kind, string item, string worker, long epoch) =>
        At(seconds, kind) with { Item = item, Key = "key of " + item, Worker = worker, Epoch = epoch };

    public static Fact Heard(double seconds, string kind, string item, string hash = "h") =>
        At(seconds, kind) with { Item = item, Key = "key of " + item, Hash = hash };

    /// <summary>With one more fact, in its place by time.</summary>
    public static History And(this History history, params IEnumerable<Fact> more) =>
        new([.. history.Facts.Concat(more).OrderBy(fact => fact.At)]);

    public static History Without(this History history, Func<Fact, bool> isGone) =>
        new([.. history.Facts.Where(fact => !isGone(fact))]);
}
