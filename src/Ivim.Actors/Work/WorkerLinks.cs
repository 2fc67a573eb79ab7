using Akka.Actor;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <param name="Name">Unique in the cluster, and new with every start of the worker.</param>
/// <param name="NumericClass">Only items of this class come to the worker.</param>
public sealed record WorkerLinks(string Name, string NumericClass, IActorRef Queue, IActorRef Studies,
    IActorRef Aggregators)
{
    public IActorRef OwnerOf(WorkItem item) => item.Owner switch
    {
        ItemOwner.Study => Studies,
        ItemOwner.Aggregator => Aggregators,
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.Owner, "an item without owner"),
    };
}
