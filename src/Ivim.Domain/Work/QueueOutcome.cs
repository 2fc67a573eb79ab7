using System.Collections.Immutable;

namespace Ivim.Domain.Work;

/// <summary>What the work queue has decided, to be told to workers and owners.</summary>
public abstract record QueueOutcome
{
    private QueueOutcome() { }

    /// <summary>A worker has a lease: a new one, or the one that it holds and has not heard of.</summary>
    public sealed record Granted(Lease Lease, bool IsRepeated) : QueueOutcome;

    /// <summary>A worker goes on with an item that nobody else holds, under its own epoch.</summary>
    public sealed record Adopted(Lease Lease) : QueueOutcome;

    /// <summary>A worker has lost its lease without having asked.</summary>
    public sealed record Lost(Lease Lease) : QueueOutcome;

    /// <summary>A word about a lease that is somebody else's, or nobody's.</summary>
    public sealed record Refused(string Worker, ItemId Item, long Epoch) : QueueOutcome;

    public sealed record Released(Lease Lease) : QueueOutcome;

    /// <summary>A worker was silent about its item for the lease time.</summary>
    /// <param name="IsShared">Another item was in the hands of the same process, so none can be blamed alone.</param>
    public sealed record Expired(Lease Lease, bool IsShared) : QueueOutcome;

    /// <summary>A worker renewed its lease and made no progress; it has lost it.</summary>
    public sealed record Hung(Lease Lease) : QueueOutcome;

    /// <summary>An item that the queue knew is settled or withdrawn.</summary>
    public sealed record Settled(ItemId Item) : QueueOutcome;
}

/// <summary>The queue after a command or a while, and what followed, in order.</summary>
public sealed record QueueTurn(QueueState Next, ImmutableArray<QueueOutcome> Outcomes);
