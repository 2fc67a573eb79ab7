namespace Ivim.Domain.Work;

/// <summary>An item in a worker's hands until the deadline, unless renewed.</summary>
/// <param name="Epoch">Grows with every lease; tells a late word about an old lease from one about the present.</param>
/// <param name="Deadline">On the queue's monotonic clock.</param>
/// <param name="Fraction">How much of the item is done, 0 to 1, as last reported.</param>
public sealed record Lease(WorkItem Item, string Worker, long Epoch, TimeSpan Deadline, double Fraction)
{
    /// <summary>Whether another worker had the item before, and has it still or had it when this one got it.</summary>
    public bool IsHedge { get; init; }

    /// <summary>The item's place among the ready ones, to which it comes back.</summary>
    public long Turn { get; init; }

    /// <summary>When the queue first knew of this lease.</summary>
    public TimeSpan Since { get; init; }

    /// <summary>The fraction at the first word of the worker; null before it.</summary>
    public double? FirstFraction { get; init; }

    /// <summary>When the fraction last grew.</summary>
    public TimeSpan MovedAt { get; init; }

    /// <summary>Share of its memory that the worker's process used at its last word.</summary>
    public double MemoryShare { get; init; }

    public static Lease Begin(WorkItem item, string worker, long epoch, TimeSpan now, TimeSpan leaseTime) =>
        new(item, worker, epoch, now + leaseTime, 0) { Since = now, MovedAt = now };

    public Lease Renewed(double fraction, double memoryShare, TimeSpan now, TimeSpan leaseTime) => this with
    {
        Deadline = now + leaseTime,
        Fraction = fraction,
        FirstFraction = FirstFraction ?? fraction,
        MovedAt = FirstFraction is null || fraction > Fraction ? now : MovedAt,
        MemoryShare = memoryShare,
    };

    /// <summary>How long the rest takes at the pace so far; as long as until now where nothing tells a pace.</summary>
    public TimeSpan Remaining(TimeSpan now)
    {
        double made = Fraction - (FirstFraction ?? 0);
        return made > 0 ? (now - Since) * ((1 - Fraction) / made) : now - Since;
    }
}
