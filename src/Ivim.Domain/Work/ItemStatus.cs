using System.Collections.Immutable;
using Ivim.Domain.Artifacts;

namespace Ivim.Domain.Work;

/// <summary>How far an item is, as its owner knows it. The numbers are on the wire and never change.</summary>
public enum ItemPhase
{
    Unknown = 0,

    /// <summary>Something that it reads has yet to be made.</summary>
    Waiting = 1,

    /// <summary>Everything that it reads is there: it is with the queue or with a worker.</summary>
    Ready = 2,

    /// <summary>Its result counts, and was computed for this study.</summary>
    Done = 3,

    /// <summary>Its result counts, and was there before.</summary>
    Reused = 4,

    /// <summary>Its failure was the end of the study.</summary>
    Failed = 5,

    /// <summary>It is not done, and the study has come to its end.</summary>
    Stopped = 6,
}

/// <summary>How an item stands.</summary>
/// <param name="Attempts">
/// That ended since the study was last submitted: those that failed on the item's own account, those whose result was
/// lost, and the one that made its result; none of an item whose result was there before.
/// </param>
/// <param name="Code">Of its last failure, or of what is in doubt about its result; empty where there is none.</param>
/// <param name="Outputs">Empty until it is done.</param>
public sealed record ItemStatus(
    ItemName Name, ItemPhase Phase, int Attempts, string Code, ImmutableArray<NamedArtifact> Outputs);
