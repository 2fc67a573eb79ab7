namespace Ivim.Faults.Tests.Clusters;

/// <summary>What a cluster is made of.</summary>
internal sealed record ClusterShape
{
    public int Seeds { get; init; } = 1;

    public int Workers { get; init; } = 3;

    /// <summary>`postgres://...`; null for the file in the work folder.</summary>
    public string? Journal { get; init; }

    /// <summary>For every node that is started with this shape: test hooks and preloaded libraries.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
