using System.Collections.Immutable;
using Ivim.Domain.Studies;

namespace Ivim.Domain.Work;

/// <summary>
/// Matches ready items with pulling workers. Pure: every change returns the next state and the new leases.
/// </summary>
/// <remarks>
/// Memory only: owners offer again after the queue is lost, and equal keys make a second run harmless.
/// </remarks>
public sealed record QueueState
{
    private readonly TimeSpan _leaseTime;

    /// <param name="leaseTime">How long a lease lives without a renewal.</param>
    /// <param name="firstEpoch">Above every epoch of an earlier incarnation of the queue.</param>
    public QueueState(TimeSpan leaseTime, long firstEpoch) => (_leaseTime, NextEpoch) = (leaseTime, firstEpoch);

    public long NextEpoch { get; private init; }

    /// <summary>Ready items, in the order in which they will be given out.</summary>
    public ImmutableSortedDictionary<(long Turn, ItemId Id), WorkItem> Ready { get; private init; } =
        ImmutableSortedDictionary.Create<(long Turn, ItemId Id), WorkItem>(TurnOrder.Instance);

    public ImmutableDictionary<ItemId, Lease> Leases { get; private init; } = ImmutableDictionary<ItemId, Lease>.Empty;

    /// <summary>Workers that found nothing, longest waiting first.</summary>
    public ImmutableList<QueueCommand.Pull> Waiting { get; private init; } = [];

    private ImmutableDictionary<ItemId, long> Turns { get; init; } = ImmutableDictionary<ItemId, long>.Empty;

    private long NextTurn { get; init; }

    /// <summary>Adds an item, or replaces a waiting one whose key has changed.</summary>
    public QueueState Offer(WorkItem item)
    {
        if (Leases.TryGetValue(item.Id, out var lease) && lease.Item.Key == item.Key) return this;
        if (Turns.TryGetValue(item.Id, out long turn))
            return this with { Ready = Ready.SetItem((turn, item.Id), item) };
        return Enqueue(item) with { Leases = Leases.Remove(item.Id) };
    }

    public QueueState Settle(ItemId item) => RemoveReady(item) with { Leases = Leases.Remove(item) };

    public QueueState Withdraw(StudyId study)
    {
        var mine = Turns.Keys.Concat(Leases.Keys).Where(id => id.Study == study).ToList();
        return mine.Aggregate(this, (state, id) => state.Settle(id));
    }

    /// <summary>A worker is free: what it held goes back to the ready items, and it waits for a match.</summary>
    public QueueState Pull(QueueCommand.Pull worker)
    {
        var held = Leases.Values.Where(lease => lease.Worker == worker.Worker).Select(lease => lease.Item.Id).ToList();
        var state = held.Aggregate(this, (next, id) => next.GiveBack(id));
        return state with { Waiting = state.Waiting.RemoveAll(w => w.Worker == worker.Worker).Add(worker) };
    }

    /// <summary>The lease runs on; null where the worker has lost it.</summary>
    public QueueState? Renew(QueueCommand.Renew renewal, TimeSpan now)
    {
        if (!Holds(renewal.Worker, renewal.Item, renewal.Epoch)) return null;
        var lease = Leases[renewal.Item] with { Deadline = now + _leaseTime, Fraction = renewal.Fraction };
        return this with { Leases = Leases.SetItem(renewal.Item, lease) };
    }

    public QueueState Release(QueueCommand.Release release) =>
        Holds(release.Worker, release.Item, release.Epoch) ? GiveBack(release.Item) : this;

    /// <summary>Leases past their deadline go back to the ready items.</summary>
    public QueueState Expire(TimeSpan now)
    {
        var late = Leases.Values.Where(lease => lease.Deadline < now).Select(lease => lease.Item.Id).ToList();
        return late.Aggregate(this, (state, id) => state.GiveBack(id));
    }

    /// <summary>Gives ready items to waiting workers of the right numeric class, first come first served.</summary>
    public (QueueState Next, ImmutableArray<Lease> Granted) Match(TimeSpan now)
    {
        var state = this;
        var granted = ImmutableArray.CreateBuilder<Lease>();
        foreach (var worker in Waiting)
        {
            var (key, item) = state.Ready.FirstOrDefault(entry => entry.Value.NumericClass == worker.NumericClass);
            if (item is null) continue;
            var lease = new Lease(item, worker.Worker, state.NextEpoch, now + _leaseTime, 0);
            granted.Add(lease);
            state = state.RemoveReady(key.Id) with
            {
                Leases = state.Leases.SetItem(key.Id, lease),
                Waiting = state.Waiting.Remove(worker),
                NextEpoch = state.NextEpoch + 1,
            };
        }
        return (state, granted.ToImmutable());
    }

    private bool Holds(string worker, ItemId item, long epoch) =>
        Leases.TryGetValue(item, out var lease) && lease.Worker == worker && lease.Epoch == epoch;

    private QueueState GiveBack(ItemId id) => Enqueue(Leases[id].Item) with { Leases = Leases.Remove(id) };

    private QueueState Enqueue(WorkItem item) => this with
    {
        Ready = Ready.Add((NextTurn, item.Id), item),
        Turns = Turns.Add(item.Id, NextTurn),
        NextTurn = NextTurn + 1,
    };

    private QueueState RemoveReady(ItemId id) => Turns.TryGetValue(id, out long turn)
        ? this with { Ready = Ready.Remove((turn, id)), Turns = Turns.Remove(id) }
        : this;

    /// <summary>First offered, first served; the turn is unique, so the item is never compared.</summary>
    private sealed class TurnOrder : IComparer<(long Turn, ItemId Id)>
    {
        public static TurnOrder Instance { get; } = new();

        public int Compare((long Turn, ItemId Id) x, (long Turn, ItemId Id) y) => x.Turn.CompareTo(y.Turn);
    }
}
