using System.Collections.Immutable;
using Ivim.Domain.Work;

namespace Ivim.Domain.Studies;

/// <summary>What a study can be told.</summary>
public abstract record StudyCommand(StudyId Study) : IForStudy
{
    /// <param name="ProtocolDocument">The canonical JSON; its SHA-256 is the protocol's id and its artifact.</param>
    public sealed record Submit(StudyId Study, StudySource Source, string ProtocolDocument, string NumericClass,
        DateTimeOffset At) : StudyCommand(Study);

    /// <summary>The aggregator found that it has lost the maps of a slab's member.</summary>
    public sealed record RecordLoss(StudyId Study, string ArtifactSha256) : StudyCommand(Study);

    /// <summary>The aggregator has published the maps. Arrives until it is acknowledged.</summary>
    public sealed record Conclude(StudyId Study, ImmutableArray<PublishedMap> Maps) : StudyCommand(Study);

    /// <summary>The aggregator has given up. Arrives until it is acknowledged.</summary>
    public sealed record GiveUp(StudyId Study, WorkFailure Failure) : StudyCommand(Study);

    /// <summary>Nobody wants the maps any more; a later submission sets the study going again.</summary>
    public sealed record Cancel(StudyId Study, DateTimeOffset At) : StudyCommand(Study);

    /// <summary>What has failed or was cancelled is to go on, in the life that follows the one named.</summary>
    /// <param name="Reopenings">Of the life that has ended: a word that arrives twice begins one more, not two.</param>
    public sealed record Retry(StudyId Study, int Reopenings, DateTimeOffset At) : StudyCommand(Study);

    /// <summary>The aggregator has all files and asks whether they are wanted still, before any is published.</summary>
    /// <param name="Reopenings">Comes back with the answer, which is for this life of the aggregator alone.</param>
    public sealed record AllowPublication(StudyId Study, int Round, int Reopenings) : StudyCommand(Study);
}

/// <summary>What a study can be asked.</summary>
public abstract record StudyQuery(StudyId Study) : IForStudy
{
    public sealed record Progress(StudyId Study) : StudyQuery(Study);

    /// <summary>What the study was submitted as; <see cref="StudyReply.Identity"/> answers.</summary>
    public sealed record Identity(StudyId Study) : StudyQuery(Study);

    /// <summary>How its own items stand, from the one of this number; <see cref="StudyReply.Items"/> answers.</summary>
    public sealed record Items(StudyId Study, int From) : StudyQuery(Study);
}

/// <param name="Parameter">
/// `D`, `f`, `Dstar`, `S0`, with `-std` for their uncertainty, or `rmse`, `mask`, `reliable`.
/// </param>
/// <param name="VoxelSha256">
/// SHA-256 of the voxels as little-endian float32 (a mask: uint8), lower-case hexadecimal.
/// </param>
public sealed record PublishedMap(string Parameter, string VoxelSha256);
