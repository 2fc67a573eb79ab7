namespace Ivim.Hosting.Api;

/// <summary>Something that happened to a study, as its journal has it.</summary>
/// <param name="At">When it was written down, UTC, by the clock of the seed.</param>
/// <param name="Fact">One of <see cref="FactNames"/>.</param>
/// <param name="Item">For example `train/slab-003/member-02`; null where it is about the whole study.</param>
/// <param name="Worker">Whose attempt failed; null for any other fact.</param>
/// <param name="Code">Of a failure; null where there is none.</param>
/// <param name="Message">One line; null where there is none.</param>
/// <param name="Seconds">
/// How long a computed item took; null where that is not known, or where the result was there before.
/// </param>
public sealed record FactView(DateTimeOffset At, string Fact, string? Item, string? Worker, string? Code,
    string? Message, double? Seconds);

/// <param name="Next">Where the next page begins; null if there is none.</param>
public sealed record FactPage(IReadOnlyList<FactView> Facts, int Total, int? Next);

/// <summary>What can happen to a study, as callers read it.</summary>
public static class FactNames
{
    public const string Submitted = "submitted", Reopened = "reopened", Cancelled = "cancelled",
        Published = "published", Failed = "failed";

    /// <summary>A result counts: computed for this study, or there before.</summary>
    public const string Done = "done", Reused = "reused";

    /// <summary>An attempt failed and the item is tried again.</summary>
    public const string Attempt = "attempt";

    /// <summary>What an item had made is missing or damaged: it is made again.</summary>
    public const string Lost = "lost";

    /// <summary>Another result of the item was found: HASH-MISMATCH.</summary>
    public const string Doubted = "doubted";

    /// <summary>The files of a finished study are wanted once more.</summary>
    public const string Republished = "republished";
}
