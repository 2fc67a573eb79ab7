using System.Collections.Immutable;
using Ivim.Domain.Work;

namespace Ivim.Domain.Studies;

/// <summary>What a study or its aggregator answers; to a command after the last event is on disk.</summary>
public abstract record StudyReply(StudyId Study)
{
    public sealed record Accepted(StudyId Study) : StudyReply(Study);

    /// <param name="Code">Of a refusal that callers are to hear; null for what no caller should have sent.</param>
    public sealed record Rejected(StudyId Study, string Reason, string? Code = null) : StudyReply(Study);

    /// <summary>To an aggregator: its files are wanted.</summary>
    public sealed record PublicationAllowed(StudyId Study, int Round, int Reopenings) : StudyReply(Study);

    /// <summary>To a study: its aggregator has the cancellation on disk, or is at its end.</summary>
    public sealed record CancelHeard(StudyId Study, int Reopenings) : StudyReply(Study);

    /// <summary>What a study was submitted as: its name alone does not tell.</summary>
    /// <param name="ProtocolDocument">Empty of a study that does not exist.</param>
    /// <param name="Reopenings">The life that it is in.</param>
    public sealed record Identity(StudyId Study, StudySource Source, string ProtocolDocument, string NumericClass,
        int Reopenings) : StudyReply(Study);

    /// <summary>Some of the items, in the order in which they are wanted.</summary>
    /// <param name="Next">The number of the item after these; -1 where there is none.</param>
    public sealed record Items(StudyId Study, ImmutableArray<ItemStatus> Statuses, int Next) : StudyReply(Study);
}

public enum StudyPhase
{
    Unknown = 0,
    Running = 1,
    Published = 2,
    Failed = 3,
    Cancelled = 4,
}

/// <summary>
/// Items of one stage: how many there are, are settled, and were settled by reuse of a stored result.
/// </summary>
public sealed record StageCount(Stage Stage, int Total, int Done, int Reused);

/// <param name="Failure">Why the study failed, or what holds it up at the moment; null otherwise.</param>
/// <param name="Notes">Warnings of the stages, each a line with a code.</param>
/// <param name="Alarms">What was found amiss with results that had counted: people have to know.</param>
public sealed record StudyProgress(
    StudyId Study,
    StudyPhase Phase,
    ImmutableArray<StageCount> Stages,
    ImmutableArray<PublishedMap> Maps,
    WorkFailure? Failure,
    ImmutableArray<string> Notes,
    ImmutableArray<WorkFailure> Alarms);
