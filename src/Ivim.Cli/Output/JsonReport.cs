using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;

namespace Ivim.Cli.Output;

/// <summary>The one object that `--json` puts on the last line; a script depends on its names.</summary>
public sealed record JsonReport
{
    public string? Study { get; init; }

    public string? Protocol { get; init; }

    public ItemCounts Items { get; init; } = new(new Dictionary<string, int>(), new Dictionary<string, int>());

    public IReadOnlyDictionary<string, PublishedMap> Maps { get; init; } = new Dictionary<string, PublishedMap>();

    public double Seconds { get; init; }

    public IReadOnlyList<Notice> Warnings { get; init; } = [];

    public IReadOnlyList<Notice> Errors { get; init; } = [];

    public static JsonReport Of(MapReport report, double seconds) => new()
    {
        Study = report.Study,
        Protocol = report.Protocol,
        Items = new ItemCounts(report.Computed, report.Reused),
        Maps = report.Maps,
        Seconds = Math.Round(seconds, 3),
        Warnings = report.Warnings,
        Errors = report.Errors,
    };

    public static JsonReport OfFailure(Failure failure) =>
        new() { Errors = [new Notice(failure.Code, failure.Message)] };

    /// <summary>One line.</summary>
    public string ToJson() => JsonLine.Of(this);
}

/// <summary>Stage to number of items.</summary>
public sealed record ItemCounts(IReadOnlyDictionary<string, int> Computed, IReadOnlyDictionary<string, int> Reused);
