namespace Ivim.Physics;

/// <summary>A closed interval, in the unit of the parameter it bounds.</summary>
public readonly record struct Bounds(double Lower, double Upper)
{
    public double Width => Upper - Lower;

    public double Clamp(double value) => Math.Clamp(value, Lower, Upper);
}

/// <summary>The range that an estimate may take: D and D* in mm²/s, f and the relative S0 dimensionless.</summary>
/// <remarks>
/// Defaults: D and f as published with IVIM-NET (Kaandorp et al., Magn Reson Med 86 (2021) 2250), S0 as in the fits
/// of the OSIPI TF2.4 collection. The lower bound of D* is not below the upper bound of D, so that the two cannot
/// change places.
/// </remarks>
public sealed record ParameterBounds
{
    public static ParameterBounds Default { get; } = new();

    public Bounds D { get; init; } = new(0, 0.005);

    public Bounds F { get; init; } = new(0, 0.7);

    public Bounds DStar { get; init; } = new(0.005, 0.2);

    /// <summary>S0 relative to the reference signal that the voxel was divided by.</summary>
    public Bounds S0 { get; init; } = new(0.7, 1.3);
}
