using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Domain.Planning;

/// <summary>How far an item is, as the journal tells it.</summary>
public enum ItemStanding
{
    /// <summary>Its result counts, and was computed for this study.</summary>
    Done,

    /// <summary>Its result counts, and was there before.</summary>
    Reused,

    /// <summary>Everything that it reads is there: it is with the queue or with a worker.</summary>
    Ready,

    /// <summary>Something that it reads has yet to be made.</summary>
    Waiting,

    /// <summary>It is not done, and the study has come to its end.</summary>
    Stopped,
}

/// <param name="WaitsFor">The items whose results it reads and that are not done.</param>
/// <param name="Key">Null where it is not known yet.</param>
/// <param name="Work">With the fields of the key; null while an input is missing.</param>
public sealed record ItemPosition(
    ItemName Name, ItemStanding Standing, ImmutableArray<ItemName> WaitsFor, ContentKey? Key, WorkItem? Work);
