using Ivim.Domain.Studies;

namespace Ivim.Domain.Work;

/// <summary>What owners and workers tell the work queue.</summary>
public abstract record QueueCommand
{
    private QueueCommand() { }

    /// <summary>An owner has an item ready. Idempotent: an item that waits or is leased stays as it is.</summary>
    public sealed record Offer(WorkItem Item) : QueueCommand;

    /// <summary>The owner has the item's result on disk, or wants it no more.</summary>
    public sealed record Settle(ItemId Item) : QueueCommand;

    /// <summary>Nothing of this study is wanted any more.</summary>
    public sealed record Withdraw(StudyId Study) : QueueCommand;

    /// <summary>A free worker asks for an item of its numeric class. Whatever it held before is given back.</summary>
    public sealed record Pull(string Worker, string NumericClass) : QueueCommand;

    /// <summary>The worker's training loop moved on; the lease runs on from now.</summary>
    public sealed record Renew(string Worker, ItemId Item, long Epoch, double Fraction) : QueueCommand;

    /// <summary>A worker gives its lease back unfinished.</summary>
    public sealed record Release(string Worker, ItemId Item, long Epoch) : QueueCommand;
}

/// <summary>What the work queue tells a worker.</summary>
public abstract record QueueReply
{
    private QueueReply() { }

    public sealed record Leased(WorkItem Item, long Epoch) : QueueReply;

    /// <summary>The lease is somebody else's, or nobody wants the item: stop working on it.</summary>
    public sealed record LeaseLost(ItemId Item, long Epoch) : QueueReply;
}

/// <summary>What anybody may ask the work queue.</summary>
public abstract record QueueQuery
{
    private QueueQuery() { }

    public sealed record Load : QueueQuery;
}

/// <param name="Ready">Items that wait for a worker.</param>
/// <param name="Leased">Items that a worker holds.</param>
/// <param name="WaitingWorkers">Workers that wait for an item.</param>
public sealed record QueueLoad(int Ready, int Leased, int WaitingWorkers);
