using Ivim.Domain.Planning;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Planning;

/// <summary>What a run of a study would do; a script depends on the names.</summary>
public sealed record PlanReport
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

    /// <summary>
    /// Of a kind of items the fields in which the keys of those that are computed differ from the keys of the same
    /// items in that run. What reads something that has yet to be made has no key yet.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> KeyFields { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<CodedLine> Warnings { get; init; } = [];

    public IReadOnlyList<CodedLine> Errors { get; init; } = [];
}

/// <summary>Stage to number of items.</summary>
/// <param name="Computed">At most so many: the unknown are among them.</param>
/// <param name="Unknown">
/// Those whose input has yet to be made: computed, unless it comes out as in an earlier run.
/// </param>
public sealed record PlannedCounts(
    IReadOnlyDictionary<string, int> Computed,
    IReadOnlyDictionary<string, int> Reused,
    IReadOnlyDictionary<string, int> Unknown);

/// <summary>Items of one kind.</summary>
/// <param name="Kind">The stage, or `train` in its two parts: `train/study` and `train/slabs`.</param>
/// <param name="SecondsEach">Median of earlier items; null where none was timed.</param>
/// <param name="Measured">Of how many.</param>
/// <param name="SameSettings">False where only items of other settings of the stage were timed.</param>
public sealed record PlannedStage(string Kind, int Total, int Reused, int Computed, int Unknown,
    double? SecondsEach, int Measured, bool SameSettings);
