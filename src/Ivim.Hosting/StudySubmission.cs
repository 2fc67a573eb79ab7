using System.Collections.Immutable;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Hosting;

/// <summary>
/// What a person wants mapped: hashes for the journal, the document of the protocol, and the dossier for the workers.
/// </summary>
public sealed record StudySubmission(StudySource Source, string ProtocolDocument, StudyDossier Dossier);

/// <summary>How a study stands, for progress bars.</summary>
public sealed record StudySnapshot(StudyId Study, ImmutableArray<StageCount> Stages, ImmutableArray<string> Notes);

/// <param name="Before">The counts when the submission arrived: what was done then was not computed for it.</param>
/// <param name="Republished">
/// Whether the files were brought to the destination again although the study was finished.
/// </param>
public sealed record StudyOutcome(
    StudyId Study,
    ImmutableArray<StageCount> Before,
    ImmutableArray<StageCount> After,
    ImmutableArray<PublishedMap> Maps,
    ImmutableArray<string> Notes,
    bool Republished)
{
    /// <summary>The items that were computed since, among them those whose results were lost.</summary>
    public ImmutableArray<ItemName> Computed { get; init; } = [];
}

/// <summary>The study has ended without maps, or cannot go on now.</summary>
/// <param name="failure">With the line for people.</param>
public sealed class StudyFailedException(Ivim.Domain.Work.WorkFailure failure) : Exception(failure.Message)
{
    public Ivim.Domain.Work.WorkFailure Failure { get; } = failure;
}
