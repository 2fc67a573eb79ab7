using Akka.Cluster.Sharding;
using Ivim.Domain.Studies;

namespace Ivim.Actors;

/// <summary>Routes everything that is for one study to its entity.</summary>
public sealed class StudyExtractor : HashCodeMessageExtractor
{
    /// <summary>A permanent constant: another number would put running studies on other shards.</summary>
    public const int ShardCount = 128;

    public StudyExtractor()
        : base(ShardCount)
    {
    }

    public override string? EntityId(object message) => (message as IForStudy)?.Study.Value;
}
