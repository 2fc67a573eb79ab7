using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Domain.Studies;

/// <summary>What has happened to a study. Journaled for ever: a shape is never edited.</summary>
public abstract record StudyEvent
{
    private StudyEvent() { }

    public sealed record Submitted(StudyId Study, StudySource Source, string ProtocolDocument, string NumericClass,
        DateTimeOffset At) : StudyEvent;

    /// <summary>The source is read, checked and cut: outputs `frame`, `sample`, `slab-000`...</summary>
    public sealed record Prepared(ContentKey Key, WorkResult Result) : StudyEvent;

    /// <summary>A member has been trained on the study, or has the maps of a slab.</summary>
    public sealed record MemberTrained(ItemName Item, ContentKey Key, WorkResult Result) : StudyEvent;

    /// <summary>An attempt failed and will be repeated.</summary>
    public sealed record AttemptFailed(ItemName Item, string Worker, long Epoch, WorkFailure Failure) : StudyEvent;

    /// <summary>An artifact that an item had made is missing or damaged; the item is open again.</summary>
    public sealed record ResultLost(ItemName Item, string ArtifactSha256) : StudyEvent;

    /// <summary>The study has ended without maps.</summary>
    public sealed record Failed(ItemName Item, WorkFailure Failure) : StudyEvent;

    /// <summary>Submitted again after a failure or cancellation: attempts are forgotten, results are not.</summary>
    public sealed record Reopened(DateTimeOffset At) : StudyEvent;

    public sealed record Cancelled(DateTimeOffset At) : StudyEvent;

    public sealed record Published(ImmutableArray<PublishedMap> Maps) : StudyEvent;

    /// <summary>The files may be published; a cancellation on disk before this would have forbidden it.</summary>
    /// <param name="Reopenings">The life of the aggregator that asked: another one has to ask for itself.</param>
    public sealed record PublicationAllowed(int Round, int Reopenings) : StudyEvent;

    /// <summary>Another result of an item was found when the study was at its end.</summary>
    public sealed record ResultDoubted(ItemName Item, WorkFailure Failure) : StudyEvent;
}
