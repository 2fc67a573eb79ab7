using Akka.Actor;
using Akka.Hosting;
using Ivim.Actors.Cohorts;

namespace Ivim.Hosting.Cohorts;

/// <summary>Where the cohorts are reached from this node.</summary>
internal sealed record CohortRegion(IActorRef Cohorts)
{
    /// <exception cref="MissingActorRegistryEntryException">The node has not started.</exception>
    public static CohortRegion Of(IReadOnlyActorRegistry registry) => new(registry.Get<CohortActor>());
}
