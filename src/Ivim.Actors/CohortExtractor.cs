using Akka.Cluster.Sharding;
using Ivim.Domain.Cohorts;

namespace Ivim.Actors;

/// <summary>Routes everything that is for one cohort to its entity.</summary>
public sealed class CohortExtractor : HashCodeMessageExtractor
{
    /// <summary>A permanent constant: another number would put running cohorts on other shards.</summary>
    public const int ShardCount = 16;

    public CohortExtractor()
        : base(ShardCount)
    {
    }

    public override string? EntityId(object message) => (message as IForCohort)?.Cohort.Value;
}
