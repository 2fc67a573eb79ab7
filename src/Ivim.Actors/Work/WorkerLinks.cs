using Akka.Actor;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>Whom a worker talks to.</summary>
public sealed record WorkerLinks(IActorRef Queue, IActorRef Studies, IActorRef Aggregators)
{
    public IActorRef OwnerOf(WorkItem item) => item.Owner switch
    {
        ItemOwner.Study => Studies,
        ItemOwner.Aggregator => Aggregators,
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.Owner, "an item without owner"),
    };
}
