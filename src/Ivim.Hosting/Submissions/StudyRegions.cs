using Akka.Actor;
using Akka.Hosting;
using Ivim.Actors.Aggregation;
using Ivim.Actors.Studies;
using Ivim.Actors.Work;

namespace Ivim.Hosting.Submissions;

/// <summary>Where the studies, their aggregators and the work queue are reached from this node.</summary>
public sealed record StudyRegions(IActorRef Studies, IActorRef Aggregators, IActorRef Queue)
{
    /// <exception cref="MissingActorRegistryEntryException">The node has not started.</exception>
    public static StudyRegions Of(IReadOnlyActorRegistry registry) =>
        new(registry.Get<StudyActor>(), registry.Get<AggregatorActor>(), registry.Get<WorkQueueActor>());
}
