using Akka.Actor;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>What an owner has offered to the queue and wants still.</summary>
/// <remarks>
/// Every few seconds the owner asks what the queue knows of its offers, and makes them all again only where that is
/// something else: a big study costs one small message, and whatever was lost on the way is made good.
/// </remarks>
internal sealed class OpenOffers(IActorRef queue)
{
    private readonly Dictionary<ItemName, WorkItem> _items = [];
    private OfferTally _tally;
    private OfferTally _asked;

    public WorkItem? Find(ItemName name) => _items.GetValueOrDefault(name);

    public void Make(WorkItem item)
    {
        Forget(item.Name);
        _items.Add(item.Name, item);
        _tally = _tally.With(item.Name, item.Key);
        queue.Tell(new QueueCommand.Offer(item));
    }

    /// <summary>From now on these are all: offers those that are new.</summary>
    public void Keep(IEnumerable<WorkItem> wanted)
    {
        var all = wanted.ToDictionary(item => item.Name);
        foreach (var name in _items.Keys.Where(name => !all.ContainsKey(name)).ToList()) Forget(name);
        foreach (var item in all.Values)
            if (Find(item.Name)?.Key != item.Key) Make(item);
    }

    /// <summary>From now on these are all, and the queue is told every one.</summary>
    public void MakeAll(IEnumerable<WorkItem> wanted)
    {
        Clear();
        foreach (var item in wanted) Make(item);
    }

    public void Ask(StudyId study, ItemOwner owner)
    {
        _asked = _tally;
        queue.Tell(new QueueQuery.Holding(study, owner));
    }

    /// <summary>Whether the queue has all of what was on offer when it was asked, and nothing else.</summary>
    public bool Agrees(QueueReply.Holding answer) => answer.Offers == _asked;

    public void Settle(Predicate<ItemName> isSettled)
    {
        foreach (var item in _items.Values.Where(item => isSettled(item.Name)).ToList()) TakeBack(item);
    }

    public void TakeBack(WorkItem item)
    {
        Forget(item.Name);
        queue.Tell(new QueueCommand.Settle(item.Id));
    }

    public void Clear()
    {
        _items.Clear();
        _tally = default;
    }

    private void Forget(ItemName name)
    {
        if (_items.Remove(name, out var item)) _tally = _tally.Without(name, item.Key);
    }
}
