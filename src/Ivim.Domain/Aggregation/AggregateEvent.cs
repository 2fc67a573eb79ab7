using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Aggregation;

/// <summary>What has happened to the maps of a study. Journaled for ever: a shape is never edited.</summary>
public abstract record AggregateEvent
{
    private AggregateEvent() { }

    public sealed record Opened(StudyId Study, string ProtocolDocument, string NumericClass, WorkInput Frame,
        int SlabCount) : AggregateEvent;

    /// <summary>The members of a slab are all there.</summary>
    public sealed record SlabReady(int Slab, ImmutableArray<WorkInput> Members) : AggregateEvent;

    public sealed record SlabMerged(int Slab, ContentKey Key, WorkResult Result) : AggregateEvent;

    public sealed record Polished(ContentKey Key, WorkResult Result) : AggregateEvent;

    public sealed record Assembled(ContentKey Key, WorkResult Result) : AggregateEvent;

    public sealed record Published(int Round, ContentKey Key, WorkResult Result) : AggregateEvent;

    /// <summary>The files are wanted at the destination once more.</summary>
    public sealed record PublicationWanted(int Round) : AggregateEvent;

    public sealed record AttemptFailed(ItemName Item, string Worker, long Epoch, WorkFailure Failure) : AggregateEvent;

    /// <summary>An artifact of ours is missing or damaged; the item that made it is open again.</summary>
    public sealed record ResultLost(ItemName Item, string ArtifactSha256) : AggregateEvent;

    public sealed record Failed(ItemName Item, WorkFailure Failure) : AggregateEvent;

    /// <param name="Reopenings">In which life of the study; only a later one opens the aggregator again.</param>
    public sealed record Cancelled(int Reopenings) : AggregateEvent;

    public sealed record Reopened : AggregateEvent;

    /// <summary>Another result of an item was found when the maps were at their end.</summary>
    public sealed record ResultDoubted(ItemName Item, WorkFailure Failure) : AggregateEvent;
}
