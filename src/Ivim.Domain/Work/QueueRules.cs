namespace Ivim.Domain.Work;

/// <summary>How patient the work queue is.</summary>
/// <param name="LeaseTime">How long a worker may be silent about its item.</param>
/// <param name="StallTime">How long an item may make no progress before another worker may try it too.</param>
/// <param name="HedgeFactor">
/// An item that needs so many median durations of its kind still may be tried by another worker too.
/// </param>
public sealed record QueueRules(TimeSpan LeaseTime, TimeSpan StallTime, double HedgeFactor)
{
    /// <summary>Besides one, so many of the leases may be second ones.</summary>
    public const double HedgedShare = 0.05;

    /// <summary>Before so many items of a kind are done, nobody knows how long one takes.</summary>
    public const int LeastDurations = 3;

    /// <summary>What takes less was in the store, or is too short to be worth a second copy.</summary>
    public static readonly TimeSpan LeastDuration = TimeSpan.FromSeconds(1);

    /// <summary>A worker that used so much of its memory before it fell silent has run out of it.</summary>
    public const double OutOfMemoryShare = 0.9;

    private static readonly TimeSpan LeastWaitTime = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LeastHangTime = TimeSpan.FromMinutes(10);

    /// <summary>An item without progress for so long is taken from its worker: it hangs.</summary>
    /// <remarks>
    /// Reading a big series tells no progress, so it is never short: a stage that renews is alive, if perhaps stuck.
    /// </remarks>
    public TimeSpan HangTime => StallTime * 3 is var time && time > LeastHangTime ? time : LeastHangTime;

    /// <summary>A waiting worker that is silent for so long gets nothing; it asks every second.</summary>
    public TimeSpan WaitTime => LeaseTime / 2 is var half && half > LeastWaitTime ? half : LeastWaitTime;

    /// <summary>How long a claim may wait for an owner to offer its item.</summary>
    public TimeSpan ClaimTime => LeaseTime * 4;

    public static QueueRules For(TimeSpan leaseTime) => new(leaseTime, leaseTime * 4, 2);
}
