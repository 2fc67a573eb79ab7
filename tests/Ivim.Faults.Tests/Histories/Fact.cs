using System.Text.Json.Serialization;

namespace Ivim.Faults.Tests.Histories;

/// <summary>One line of a node's history: what happened, as that node saw it.</summary>
internal sealed record Fact
{
    public DateTimeOffset At { get; init; }

    public string Node { get; init; } = "";

    public int Pid { get; init; }

    /// <summary>One of <see cref="FactKinds"/>.</summary>
    [JsonPropertyName("fact")]
    public string Kind { get; init; } = "";

    public string? Study { get; init; }

    /// <summary>For example `train/slab-003/member-02`.</summary>
    public string? Item { get; init; }

    public string? Key { get; init; }

    public string? Worker { get; init; }

    public long? Epoch { get; init; }

    public string? Hash { get; init; }

    public int? Steps { get; init; }

    public int? FromStep { get; init; }

    public string? Cause { get; init; }

    public string? Code { get; init; }

    public double? Fraction { get; init; }

    public int? Total { get; init; }

    /// <summary>A second lease of an item that another worker is too slow with.</summary>
    [JsonIgnore]
    public bool IsHedge => Kind == FactKinds.Leased && Cause == FactKinds.Hedged;

    /// <summary>The process of the worker: its name without the slot.</summary>
    public string? WorkerNode => Worker is null ? null : Worker[..Math.Max(0, Worker.LastIndexOf('-'))];
}
