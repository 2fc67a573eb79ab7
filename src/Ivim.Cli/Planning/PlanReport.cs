using Ivim.Cli.Mapping;
using Ivim.Domain.Planning;

namespace Ivim.Cli.Planning;

/// <summary>What `ivim map` would do with an input; a script depends on the names.</summary>
internal sealed record PlanReport
{
    public required string Study { get; init; }

    public required string Protocol { get; init; }

    public required PlannedCounts Items { get; init; }

    public required IReadOnlyList<PlannedStage> Stages { get; init; }

    /// <summary>Whether nothing is unknown: the counts are those of the run, and not the most there can be.</summary>
    public required bool Exact { get; init; }

    public required int Workers { get; init; }

    /// <summary>How long the run would take; null where the store has kept no time of a stage that it needs.</summary>
    public double? Seconds { get; init; }

    /// <summary>The last run of the same image that this one is compared with; null where there was none.</summary>
    public string? LastStudy { get; init; }

    /// <summary>What differs from that run.</summary>
    public IReadOnlyList<ChangedField> Changes { get; init; } = [];

    public IReadOnlyList<Notice> Warnings { get; init; } = [];

    public IReadOnlyList<Notice> Errors { get; init; } = [];
}

/// <summary>Stage to number of items.</summary>
/// <param name="Computed">At most so many: the unknown are among them.</param>
/// <param name="Unknown">
/// Those whose input has yet to be made: computed, unless it comes out as in an earlier run.
/// </param>
internal sealed record PlannedCounts(
    IReadOnlyDictionary<string, int> Computed,
    IReadOnlyDictionary<string, int> Reused,
    IReadOnlyDictionary<string, int> Unknown);

/// <summary>Items of one kind.</summary>
/// <param name="Kind">The stage, or `train` in its two parts: `train/study` and `train/slabs`.</param>
/// <param name="SecondsEach">Median of earlier items; null where none was timed.</param>
/// <param name="Measured">Of how many.</param>
/// <param name="SameSettings">False where only items of other settings of the stage were timed.</param>
internal sealed record PlannedStage(string Kind, int Total, int Reused, int Computed, int Unknown,
    double? SecondsEach, int Measured, bool SameSettings);
