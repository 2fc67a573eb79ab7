namespace Ivim.Cli.LocalCluster;

/// <summary>What the user of `ivim cluster up` asked for; null means not said, so that it stays as it was.</summary>
public sealed record ClusterWishes
{
    /// <summary>The value of `--journal` for a file in the work folder.</summary>
    public const string Sqlite = "sqlite";

    public int? Seeds { get; init; }

    public int? Workers { get; init; }

    /// <summary>`sqlite`, or a URL that may hold a password.</summary>
    public string? Journal { get; init; }

    public string? JournalFile { get; init; }

    public string? Timings { get; init; }

    public int? Slots { get; init; }

    public string? Device { get; init; }

    public bool? History { get; init; }
}
