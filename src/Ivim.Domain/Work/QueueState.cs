using System.Collections.Immutable;
using Ivim.Domain.Studies;

namespace Ivim.Domain.Work;

/// <summary>
/// Matches ready items with pulling workers. Pure: every command returns the next state and what follows from it.
/// </summary>
/// <remarks>
/// Memory only: after a loss owners offer again, workers go on with what they hold and claim it with their next
/// renewal, and equal keys make a second run harmless.
/// </remarks>
public sealed partial record QueueState
{
    /// <param name="firstEpoch">Above every epoch of an earlier incarnation of the queue.</param>
    public QueueState(QueueRules rules, long firstEpoch) => (Rules, NextEpoch) = (rules, firstEpoch);

    public QueueRules Rules { get; }

    public long NextEpoch { get; private init; }

    /// <summary>Ready items, in the order in which they will be given out.</summary>
    public ImmutableSortedDictionary<(long Turn, ItemId Id), WorkItem> Ready { get; private init; } =
        ImmutableSortedDictionary.Create<(long Turn, ItemId Id), WorkItem>(TurnOrder.Instance);

    public ImmutableDictionary<ItemId, Lease> Leases { get; private init; } = ImmutableDictionary<ItemId, Lease>.Empty;

    /// <summary>Second leases of items that are slow or stuck.</summary>
    public ImmutableDictionary<ItemId, Lease> Hedges { get; private init; } = ImmutableDictionary<ItemId, Lease>.Empty;

    /// <summary>Workers that found nothing, longest waiting first.</summary>
    public ImmutableList<WorkerLabels> Waiting { get; private init; } = [];

    internal Safeguards Safeguards { get; init; } = Safeguards.All;

    private ImmutableDictionary<ItemId, long> Turns { get; init; } = ImmutableDictionary<ItemId, long>.Empty;

    private long NextTurn { get; init; }

    private ImmutableList<QueueOutcome> Outcomes { get; init; } = [];

    /// <summary>What a command does at a moment of the queue's monotonic clock.</summary>
    public QueueTurn Handle(QueueCommand command, TimeSpan now) => (command switch
    {
        QueueCommand.Offer c => Offer(c.Item, now),
        QueueCommand.Settle c => Settle(c.Item, now),
        QueueCommand.Withdraw c => Withdraw(c.Study, now),
        QueueCommand.Pull c => Pull(c.Worker, now),
        QueueCommand.Renew c => Renew(c, now),
        QueueCommand.Release c => Release(c, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "not a command of the queue"),
    }).Match(now).ToTurn();

    /// <summary>What time does: silent workers lose their items, slow items get a second worker.</summary>
    public QueueTurn Tick(TimeSpan now) => Expire(now).TakeFromHung(now).Forget(now).Match(now).NoteUnfit(now).ToTurn();

    private QueueState Offer(WorkItem item, TimeSpan now)
    {
        var state = Remember(item.Id);
        if (state.Leases.TryGetValue(item.Id, out var lease) && lease.Item.Key == item.Key) return state;
        if (state.Turns.TryGetValue(item.Id, out long turn))
            return state with { Ready = state.Ready.SetItem((turn, item.Id), item) };
        if (state.Claims.TryGetValue(item.Id, out var claim))
        {
            state = state with { Claims = state.Claims.Remove(item.Id) };
            if (claim.Renewal.Key == item.Key && claim.HeardAt + Rules.LeaseTime >= now)
                return state.Enqueue(item, PlaceOf(item.Id)).Adopt(claim.Renewal, now);
        }
        return state.Drop(item.Id).Enqueue(item, PlaceOf(item.Id));
    }

    private QueueState Settle(ItemId item, TimeSpan now)
    {
        var state = Learn(item, now);
        bool isKnown = Turns.ContainsKey(item) || Leases.ContainsKey(item);
        state = state.RemoveReady(item).Drop(item) with
        {
            Gone = state.Gone.SetItem(item, (now, PlaceOf(item))),
            GivenBack = state.GivenBack.Remove(item),
            Claims = state.Claims.Remove(item),
            LeastMemory = state.LeastMemory.Remove(item),
        };
        return isKnown ? state.Say(new QueueOutcome.Settled(item)) : state;
    }

    private QueueState Withdraw(StudyId study, TimeSpan now)
    {
        var mine = Turns.Keys.Concat(Leases.Keys).Concat(Claims.Keys).Where(id => id.Study == study)
            .OrderBy(id => id.Name).ToList();
        var state = mine.Aggregate(this, (rest, id) => rest.Settle(id, now));
        return state with
        {
            GoneStudies = GoneStudies.SetItem(study, now),
            Gone = state.Gone.SetItems(mine.Select(id => KeyValuePair.Create(id, (now, (long?)null)))),
        };
    }

    /// <summary>A worker is free, or has not yet heard what it got: then its word and the lease have crossed.</summary>
    private QueueState Pull(WorkerLabels worker, TimeSpan now)
    {
        var state = See(worker, now);
        if (state.HeldBy(worker.Name) is { } lease)
        {
            bool isUnheard = lease.FirstFraction is null && now - lease.Since <= Rules.WaitTime;
            if (isUnheard) return state.Say(new QueueOutcome.Granted(lease, IsRepeated: true));
            state = state.Say(new QueueOutcome.Released(lease)).GiveBack(lease);
        }
        int place = state.Waiting.FindIndex(other => other.Name == worker.Name);
        return state with
        {
            Waiting = place < 0 ? state.Waiting.Add(worker) : state.Waiting.SetItem(place, worker),
        };
    }

    private QueueState Release(QueueCommand.Release release, TimeSpan now)
    {
        if (Find(release.Worker, release.Item, release.Epoch) is not { } lease) return this;
        var state = release.OutOfMemory ? NeedMemoryOf(lease) : this;
        return state.Say(new QueueOutcome.Released(lease)).Avoid(lease, now).GiveBack(lease);
    }

    /// <summary>The lease that a word is about; null where the word is late.</summary>
    private Lease? Find(string worker, ItemId item, long epoch)
    {
        var (first, second) = (Leases.GetValueOrDefault(item), Hedges.GetValueOrDefault(item));
        if (!Safeguards.Fencing) return first;
        return new[] { first, second }.FirstOrDefault(lease => lease?.Worker == worker && lease.Epoch == epoch);
    }

    private Lease? HeldBy(string worker) =>
        Leases.Values.FirstOrDefault(lease => lease.Worker == worker)
        ?? Hedges.Values.FirstOrDefault(lease => lease.Worker == worker);

    /// <summary>Puts a lease in the place of the one with its epoch.</summary>
    private QueueState Hold(Lease lease) => Hedges.GetValueOrDefault(lease.Item.Id)?.Epoch == lease.Epoch
        ? this with { Hedges = Hedges.SetItem(lease.Item.Id, lease) }
        : this with { Leases = Leases.SetItem(lease.Item.Id, lease) };

    /// <summary>Takes a lease away: its item stays with the other worker, or is ready again in its old place.</summary>
    /// <remarks>
    /// That is before all that was offered later: an item that crashes workers meets its second one soon, and a study
    /// in work ends before others begin.
    /// </remarks>
    private QueueState GiveBack(Lease lease)
    {
        var id = lease.Item.Id;
        if (Hedges.GetValueOrDefault(id) is not { } hedge)
            return (this with { Leases = Leases.Remove(id) }).Enqueue(lease.Item, lease.Turn);
        return this with
        {
            Hedges = Hedges.Remove(id),
            Leases = hedge.Epoch == lease.Epoch ? Leases : Leases.SetItem(id, hedge),
        };
    }

    /// <summary>Nobody is to work on an item any more.</summary>
    private QueueState Drop(ItemId id)
    {
        var state = this with { Leases = Leases.Remove(id), Hedges = Hedges.Remove(id) };
        if (Leases.TryGetValue(id, out var first)) state = state.Say(new QueueOutcome.Lost(first));
        return Hedges.TryGetValue(id, out var second) ? state.Say(new QueueOutcome.Lost(second)) : state;
    }

    /// <param name="place">The turn that the item had before; null where it is new.</param>
    private QueueState Enqueue(WorkItem item, long? place)
    {
        long turn = place ?? NextTurn;
        return this with
        {
            Ready = Ready.Add((turn, item.Id), item),
            Turns = Turns.Add(item.Id, turn),
            NextTurn = place is null ? NextTurn + 1 : NextTurn,
        };
    }

    /// <summary>The turn of an item that waits, is at work, or was taken back a short while ago.</summary>
    private long? PlaceOf(ItemId id) => Turns.TryGetValue(id, out long turn) ? turn
        : Leases.TryGetValue(id, out var lease) ? lease.Turn
        : Gone.TryGetValue(id, out var gone) ? gone.Turn : null;

    private QueueState RemoveReady(ItemId id) => Turns.TryGetValue(id, out long turn)
        ? this with { Ready = Ready.Remove((turn, id)), Turns = Turns.Remove(id) }
        : this;

    private QueueState Say(QueueOutcome outcome) => this with { Outcomes = Outcomes.Add(outcome) };

    private QueueTurn ToTurn() => new(this with { Outcomes = [] }, [.. Outcomes]);

    /// <summary>First offered, first served; the turn is unique, so the item is never compared.</summary>
    private sealed class TurnOrder : IComparer<(long Turn, ItemId Id)>
    {
        public static TurnOrder Instance { get; } = new();

        public int Compare((long Turn, ItemId Id) x, (long Turn, ItemId Id) y) => x.Turn.CompareTo(y.Turn);
    }
}
