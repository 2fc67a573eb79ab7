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

    /// <summary>The study was finished, and its files are being brought to their destination once more.</summary>
    public bool IsRepublishing => Training.Phase == StudyPhase.Published && Aggregation.Phase == StudyPhase.Running;

    /// <summary>
    /// A published study whose files are being brought to their destination once more is running again.
    /// </summary>
    public StudyPhase Phase => IsUndelivered ? StudyPhase.Failed
        : Training.Phase == StudyPhase.Published && !IsPublished ? StudyPhase.Running
        : Training.Phase;

    public ImmutableArray<StageCount> Stages => [.. Training.Stages, .. Aggregation.Stages];

    public ImmutableArray<string> Notes => [.. Training.Notes.Concat(Aggregation.Notes).Distinct()];

    /// <summary>What was found amiss with results that had counted; each once.</summary>
    public ImmutableArray<WorkFailure> Alarms => [.. Training.Alarms.Concat(Aggregation.Alarms).Distinct()];

    /// <summary>Two results of one key are known: nobody may go on with either. Null where all is well.</summary>
    public WorkFailure? Quarantine => Failures.IsMismatch(Failure) ? Failure : Alarms.FirstOrDefault();

    public ImmutableArray<PublishedMap> Maps => Training.Maps;

    public int Round => Aggregation.Round;

    /// <summary>
    /// A failed aggregator of a running study has not heard yet that it is to go on, or will say so to the study.
    /// </summary>
    public WorkFailure? Failure => Training.Failure
        ?? (Training.Phase == StudyPhase.Running && Aggregation.Phase == StudyPhase.Failed
            ? null : Aggregation.Failure);
}
