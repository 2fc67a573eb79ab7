using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
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

    /// <summary>A free worker asks for an item that it can run. What it held before is given back.</summary>
    /// <remarks>A fresh lease that it says nothing of is told again: the two words have crossed.</remarks>
    public sealed record Pull(WorkerLabels Worker) : QueueCommand;

    /// <summary>The worker lives; the lease runs on from now, or comes to life again if nobody else has it.</summary>
    /// <param name="Fraction">How much of the item is done, 0 to 1.</param>
    /// <param name="MemoryShare">How much of its memory the worker's process uses, 0 to 1.</param>
    public sealed record Renew(string Worker, ItemId Item, ContentKey Key, long Epoch, double Fraction,
        double MemoryShare) : QueueCommand;

    /// <summary>A worker gives its lease back unfinished.</summary>
    /// <param name="OutOfMemory">It had too little memory: the item is to go to a worker with no less.</param>
    public sealed record Release(string Worker, ItemId Item, long Epoch, bool OutOfMemory = false) : QueueCommand;
}

/// <summary>What the work queue tells a worker or an owner.</summary>
public abstract record QueueReply
{
    private QueueReply() { }

    public sealed record Leased(WorkItem Item, long Epoch) : QueueReply;

    /// <summary>The lease is somebody else's, or nobody wants the item: stop working on it.</summary>
    public sealed record LeaseLost(ItemId Item, long Epoch) : QueueReply;

    /// <summary>
    /// What the queue knows of an owner's offers; where that is not all of them, they are made again.
    /// </summary>
    public sealed record Holding(StudyId Study, ItemOwner Owner, OfferTally Offers) : QueueReply;
}

/// <summary>What anybody may ask the work queue.</summary>
public abstract record QueueQuery
{
    private QueueQuery() { }

    public sealed record Load : QueueQuery;

    /// <summary>An owner asks whether the queue has lost any of its offers.</summary>
    public sealed record Holding(StudyId Study, ItemOwner Owner) : QueueQuery;
}

/// <param name="Ready">Items that wait for a worker.</param>
/// <param name="Leased">Items that a worker holds.</param>
/// <param name="WaitingWorkers">Workers that wait for an item.</param>
/// <param name="Workers">Those heard of within the lease time, by name.</param>
/// <param name="Unfit">What no connected worker can run, since more than a moment.</param>
/// <param name="SeenClasses">The numeric classes of all workers that this queue ever heard of.</param>
public sealed record QueueLoad(int Ready, int Leased, int WaitingWorkers, ImmutableArray<WorkerLoad> Workers,
    ImmutableArray<UnfitItems> Unfit, ImmutableArray<string> SeenClasses);

/// <summary>Items of one numeric class and stage version that no connected worker can run.</summary>
/// <param name="Studies">Whose they are; of very many, some.</param>
public sealed record UnfitItems(string NumericClass, string StageVersion, ImmutableArray<StudyId> Studies);

/// <param name="Item">What it works on; null where it waits.</param>
public sealed record WorkerLoad(WorkerLabels Worker, ItemId? Item, double Fraction, TimeSpan SinceHeard);
