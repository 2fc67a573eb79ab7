namespace Ivim.Cli.LocalCluster;

/// <summary>What a local cluster is made of; kept in its folder, so that the next `up` need not be told.</summary>
public sealed record ClusterSettings
{
    public const string Quick = "quick", Steady = "steady";

    public required int Seeds { get; init; }

    public required int Workers { get; init; }

    /// <summary>Items that one worker process runs at once; null leaves it to the program.</summary>
    public int? Slots { get; init; }

    /// <summary>`quick`, to see failures handled within seconds, or `steady`, the times of a real cluster.</summary>
    public string Timings { get; init; } = Steady;

    /// <summary>`auto`, `cpu` or `cuda`; null leaves it to the program.</summary>
    public string? Device { get; init; }

    /// <summary>Whether every node keeps a record of the facts it took part in.</summary>
    public bool History { get; init; }

    /// <summary>The file that holds the URL of a PostgreSQL journal; null for SQLite in the work folder.</summary>
    public string? JournalFile { get; init; }
}
