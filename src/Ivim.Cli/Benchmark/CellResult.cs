using Ivim.Physics.Evaluation;

namespace Ivim.Cli.Benchmark;

/// <summary>What one run came to, as it is kept on disk.</summary>
internal sealed record CellResult
{
    /// <summary>Hash of all that the numbers depend on.</summary>
    public required string Identity { get; init; }

    public required string Phantom { get; init; }

    public required double SignalToNoise { get; init; }

    public required int Realisation { get; init; }

    public required int NetworkSeed { get; init; }

    public required string Method { get; init; }

    public required ulong ProtocolSeed { get; init; }

    /// <summary>Of the run that made the maps; what it found in the work folder took none.</summary>
    public required double Seconds { get; init; }

    public required int Voxels { get; init; }

    public required int UnmappedVoxels { get; init; }

    /// <summary>By the names of <see cref="Mapping.MapParameter"/>: D, f and Dstar.</summary>
    public required IReadOnlyDictionary<string, CellParameter> Parameters { get; init; }

    /// <summary>Rank correlations between the estimates, such as `D-f`; where the truth has none, one is
    /// error.</summary>
    public required IReadOnlyDictionary<string, double> Correlations { get; init; }
}

/// <param name="Regions">The pooled row last.</param>
/// <param name="Seam">Seam index paired with the truth; null without a border.</param>
/// <param name="Coverage">Share of voxels whose truth is inside the 90 % interval of the published spread; for D* only
/// where the true f is above 0.03. Null where no spread is published.</param>
/// <param name="AtBounds">Share of voxels within 1 % of the width of the protocol's bounds of one of them; null in
/// results of an older version.</param>
internal sealed record CellParameter(
    IReadOnlyList<RegionError> Regions, double? Seam, double? Coverage, double? AtBounds = null)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public ErrorMetrics Pooled => Regions[^1].Errors;
}
