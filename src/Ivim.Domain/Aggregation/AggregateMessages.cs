using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Aggregation;

/// <summary>What an aggregator can be told.</summary>
public abstract record AggregateCommand(StudyId Study) : IForStudy
{
    /// <summary>The study is prepared: how many slabs there will be, and the frame that they fit in.</summary>
    /// <param name="Reopenings">How often the study was submitted again before it said so.</param>
    public sealed record Open(StudyId Study, string ProtocolDocument, string NumericClass, WorkInput Frame,
        int SlabCount, int Reopenings = 0) : AggregateCommand(Study);

    /// <summary>Every member of a slab has its maps.</summary>
    public sealed record MergeSlab(StudyId Study, int Slab, ImmutableArray<WorkInput> Members)
        : AggregateCommand(Study);

    /// <summary>The destination lacks files of a published study: bring them there again.</summary>
    public sealed record PublishAgain(StudyId Study, int Round) : AggregateCommand(Study);

    /// <summary>The study was submitted again after a failure or a cancellation.</summary>
    public sealed record Reopen(StudyId Study) : AggregateCommand(Study);

    /// <summary>The study was cancelled, in the life that began with so many reopenings.</summary>
    public sealed record Cancel(StudyId Study, int Reopenings) : AggregateCommand(Study);
}

/// <summary>What an aggregator can be asked.</summary>
public abstract record AggregateQuery(StudyId Study) : IForStudy
{
    public sealed record Progress(StudyId Study) : AggregateQuery(Study);

    /// <summary>How its items stand, from the one of this number; <see cref="StudyReply.Items"/> answers.</summary>
    public sealed record Items(StudyId Study, int From) : AggregateQuery(Study);
}

/// <param name="Round">How often the maps have been published.</param>
/// <param name="Alarms">What was found amiss with results that had counted.</param>
public sealed record AggregateProgress(
    StudyId Study,
    StudyPhase Phase,
    ImmutableArray<StageCount> Stages,
    int Round,
    WorkFailure? Failure,
    ImmutableArray<string> Notes,
    ImmutableArray<WorkFailure> Alarms);
