namespace Ivim.Domain.Protocols;

/// <summary>Which acquisitions count, and how repeats and directions become one signal per b-value.</summary>
public sealed record InputRules
{
    /// <summary>Higher b-values are left out (kurtosis), s/mm²; null keeps all.</summary>
    public double? BMaxSecondsPerMm2 { get; init; }

    /// <summary>`auto`, `arithmetic` or `geometric`.</summary>
    public string Averaging { get; init; } = "auto";
}

/// <summary>How a volume is cut along its third axis.</summary>
public sealed record SlabRules
{
    /// <summary>Slices that a slab owns.</summary>
    public int Slices { get; init; } = 4;

    /// <summary>Neighbour slices on each side that a slab may train on but does not own.</summary>
    public int Halo { get; init; } = 1;
}

/// <summary>[lower, upper] of each parameter: D and D* in mm²/s, f and the relative S0 dimensionless.</summary>
public sealed record BoundsRules
{
    public Interval D { get; init; } = new(0, 0.005);

    public Interval F { get; init; } = new(0, 0.7);

    public Interval DStar { get; init; } = new(0.005, 0.2);

    public Interval S0 { get; init; } = new(0.7, 1.3);
}

public sealed record Interval(double Lower, double Upper);

public sealed record SegmentedRules
{
    /// <summary>D is fitted to b-values from here on, s/mm².</summary>
    public double CutoffSecondsPerMm2 { get; init; } = 200;
}

/// <summary>How members are merged, voxel by voxel.</summary>
public sealed record EnsembleRules
{
    public int Members { get; init; } = 8;

    /// <summary>`median` or `mean`.</summary>
    public string Merge { get; init; } = "median";

    /// <summary>A member whose loss exceeds this many times the best member's is left out.</summary>
    public double OutlierLossFactor { get; init; } = 1.2;
}
