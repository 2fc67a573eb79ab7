using Akka.Actor;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>Who has offered the queue's items, and how they add up for every owner.</summary>
internal sealed class KnownOffers
{
    private readonly Dictionary<ItemId, (IActorRef Sender, ItemOwner Owner, ContentKey Key)> _offers = [];
    private readonly Dictionary<(StudyId, ItemOwner), OfferTally> _tallies = [];

    public IActorRef? OwnerOf(ItemId item) => _offers.TryGetValue(item, out var offer) ? offer.Sender : null;

    public OfferTally TallyOf(StudyId study, ItemOwner owner) => _tallies.GetValueOrDefault((study, owner));

    public void Add(WorkItem item, IActorRef sender)
    {
        Remove(item.Id);
        _offers.Add(item.Id, (sender, item.Owner, item.Key));
        _tallies[(item.Study, item.Owner)] = TallyOf(item.Study, item.Owner).With(item.Name, item.Key);
    }

    public void Remove(ItemId item)
    {
        if (!_offers.Remove(item, out var offer)) return;
        var rest = TallyOf(item.Study, offer.Owner).Without(item.Name, offer.Key);
        if (rest.Count == 0) _tallies.Remove((item.Study, offer.Owner));
        else _tallies[(item.Study, offer.Owner)] = rest;
    }
}
