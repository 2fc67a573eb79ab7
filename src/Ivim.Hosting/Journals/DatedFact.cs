using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Hosting.Journals;

/// <summary>An event of a study or of its maps, with when it was written.</summary>
public readonly record struct DatedFact(DateTimeOffset At, object Fact)
{
    /// <summary>The result that began to count with it; null for any other event.</summary>
    public CountedFact? Counted => Fact switch
    {
        StudyEvent.Prepared prepared => new(ItemName.Prepare, prepared.Key, prepared.Result),
        StudyEvent.MemberTrained trained => new(trained.Item, trained.Key, trained.Result),
        AggregateEvent.SlabMerged merged => new(ItemName.Merge(merged.Slab), merged.Key, merged.Result),
        AggregateEvent.Polished polished => new(ItemName.Polish, polished.Key, polished.Result),
        AggregateEvent.Assembled assembled => new(ItemName.Assemble, assembled.Key, assembled.Result),
        AggregateEvent.Published published => new(ItemName.Publish, published.Key, published.Result),
        _ => null,
    };
}

/// <summary>A result of an item, as the journal counts it.</summary>
public sealed record CountedFact(ItemName Item, ContentKey Key, WorkResult Result);
