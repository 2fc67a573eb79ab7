using Ivim.Hosting.Api;

namespace Ivim.Hosting.Planning;

/// <summary>What a cohort would do under a protocol; a script depends on the names.</summary>
public sealed record CohortPlanReport
{
    public required string Name { get; init; }

    /// <summary>SHA-256 of the canonical protocol; a centre's own changes come on top of it.</summary>
    public required string Protocol { get; init; }

    /// <summary>Entries whose items are counted. Items that entries share are counted once.</summary>
    public required int Planned { get; init; }

    /// <summary>
    /// Of these, entries whose preparation has yet to be made: of their other items only the largest number is known.
    /// </summary>
    public required int Unprepared { get; init; }

    /// <summary>Entries whose files nobody has read yet, of which nothing is known.</summary>
    public required int Unread { get; init; }

    /// <summary>Entries that another protocol leaves alone.</summary>
    public required int Cancelled { get; init; }

    /// <summary>Entries that cannot be mapped so, by code.</summary>
    public required IReadOnlyList<CodeView> Codes { get; init; }

    public required PlannedCounts Items { get; init; }

    public required IReadOnlyList<PlannedStage> Stages { get; init; }

    /// <summary>Whether the counts are those of the run: no item is unknown, and no entry unread.</summary>
    public required bool Exact { get; init; }

    public required int Workers { get; init; }

    /// <summary>
    /// How long the planned entries would take; null where the store has kept no time of a stage that they need.
    /// </summary>
    public required double? Seconds { get; init; }

    /// <summary>What differs from the protocols under which the entries were mapped last.</summary>
    public required IReadOnlyList<CohortChange> Changes { get; init; }
}

/// <param name="Name">A field of the protocol as docs/protocol.md names it.</param>
/// <param name="Before">As JSON.</param>
/// <param name="Entries">For how many of them it changes so.</param>
public sealed record CohortChange(string Name, string Before, string Now, int Entries);
