using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Hosting.Submissions;

/// <summary>A study at one moment: what it and its aggregator say of themselves, as one.</summary>
internal sealed record StudyLook(StudyProgress Training, AggregateProgress Aggregation)
{
    public bool Exists => Training.Phase != StudyPhase.Unknown;

    public bool IsPublished =>
        Training.Phase == StudyPhase.Published && Aggregation.Phase == StudyPhase.Published;

    /// <summary>A finished study whose files could not be brought to their destination once more.</summary>
    public bool IsUndelivered => Training.Phase == StudyPhase.Published && Aggregation.Phase == StudyPhase.Failed;

    /// <summary>
    /// A published study whose files are being brought to their destination once more is running again.
    /// </summary>
    public StudyPhase Phase => IsUndelivered ? StudyPhase.Failed
        : Training.Phase == StudyPhase.Published && !IsPublished ? StudyPhase.Running
        : Training.Phase;

    public ImmutableArray<StageCount> Stages => [.. Training.Stages, .. Aggregation.Stages];

    public ImmutableArray<string> Notes => [.. Training.Notes.Concat(Aggregation.Notes).Distinct()];

    public ImmutableArray<PublishedMap> Maps => Training.Maps;

    public int Round => Aggregation.Round;

    /// <summary>
    /// A failed aggregator of a running study has not heard yet that it is to go on, or will say so to the study.
    /// </summary>
    public WorkFailure? Failure => Training.Failure
        ?? (Training.Phase == StudyPhase.Running && Aggregation.Phase == StudyPhase.Failed
            ? null : Aggregation.Failure);
}
