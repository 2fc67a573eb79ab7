using Ivim.Domain.Planning;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Planning;

/// <summary>Why a study stands as it does; a script depends on the names.</summary>
public sealed record StudyReasons
{
    public required string Study { get; init; }

    /// <summary>One of <see cref="StudyPhases"/>.</summary>
    public required string Phase { get; init; }

    /// <summary>Two different results of one key were found: nothing goes on with either.</summary>
    public bool Quarantined { get; init; }

    /// <summary>Why it failed or is quarantined; null where all is well.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>The run of the same image that was submitted before; null where there was none.</summary>
    public string? LastStudy { get; init; }

    /// <summary>What differs from that run.</summary>
    public IReadOnlyList<ChangedField> Changes { get; init; } = [];

    public IReadOnlyList<StageReasons> Stages { get; init; } = [];

    /// <summary>Null where the whole study was asked about.</summary>
    public ItemReasons? Item { get; init; }
}

/// <summary>Items of one kind.</summary>
/// <param name="Kind">The stage, or `train` in its two parts: `train/study` and `train/slabs`.</param>
/// <param name="Done">Computed for this study.</param>
/// <param name="Ready">With the queue or with a worker.</param>
/// <param name="Stopped">Not done when the study came to its end.</param>
/// <param name="Waits">The items that wait, and for which others.</param>
public sealed record StageReasons(string Kind, int Total, int Done, int Reused, int Ready, int Waiting, int Stopped,
    IReadOnlyList<WaitingItem> Waits);

/// <param name="Item">For example `train/slab-003/member-02`.</param>
public sealed record WaitingItem(string Item, IReadOnlyList<string> WaitsFor);

/// <summary>Why one item stands as it does.</summary>
/// <param name="Standing">`done`, `reused`, `ready`, `waiting` or `stopped`.</param>
/// <param name="Key">64 hexadecimal digits; null while an input is missing.</param>
/// <param name="Recipe">The fields of the key.</param>
/// <param name="LastKey">Of the same item in the last run; null where that has none.</param>
/// <param name="LastRecipeKept">Whether the fields of that key are still there to be compared.</param>
/// <param name="Changes">The fields of the key that differ from it.</param>
public sealed record ItemReasons(string Item, string Standing, IReadOnlyList<string> WaitsFor, string? Key,
    IReadOnlyList<KeyValuePair<string, string>> Recipe, string? LastKey, bool LastRecipeKept,
    IReadOnlyList<ChangedField> Changes);
