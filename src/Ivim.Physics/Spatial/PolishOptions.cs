namespace Ivim.Physics.Spatial;

/// <summary>All numbers of the guided polish; what was tried is in docs/polish.md.</summary>
public sealed record PolishOptions
{
    public static PolishOptions Default { get; } = new();

    /// <summary>Passes; each takes its guide and its start from the maps of the one before.</summary>
    public int Passes { get; init; } = 2;

    /// <summary>Sweeps over all voxels in a pass.</summary>
    public int SweepsPerPass { get; init; } = 20;

    /// <summary>Each step times this, 1 to below 2.</summary>
    public double OverRelaxation { get; init; } = 1.0;

    /// <summary>Standard deviation of the denoised signals as a share of σ.</summary>
    public double EffectiveNoise { get; init; } = 0.3;

    /// <summary>λ of log D, logit f and log D*: cost of a unit of difference between neighbours.</summary>
    public PairStrength Strength { get; init; } = new(12, 4, 2);

    /// <summary>h: differences below this, in log D, logit f and log D*, cost their square, above their size.</summary>
    public double EdgeWidth { get; init; } = 0.02;

    /// <summary>Reach of the neighbourhood in plane, in voxels.</summary>
    public int RadiusInPlane { get; init; } = 2;

    /// <summary>Reach of the neighbourhood across slices, in slices.</summary>
    public int RadiusAcross { get; init; } = 1;

    /// <summary>τ: distance of two guides, in units of their noise, at which the weight is e^−½.</summary>
    public double GuideWidth { get; init; } = 3;

    /// <summary>Bounds of the maps; a lower bound of 0 is replaced by the least values.</summary>
    public ParameterBounds Bounds { get; init; } = ParameterBounds.Default;

    /// <summary>Lowest D in mm²/s, since its logarithm is smoothed.</summary>
    public double LeastDMm2PerSecond { get; init; } = 1e-5;

    /// <summary>Lowest f, since its logit is smoothed.</summary>
    public double LeastF { get; init; } = 1e-3;

    /// <summary>How many threads may work at once, at least 1; changes no bit.</summary>
    public int DegreeOfParallelism { get; init; } = 1;

    public CancellationToken Cancellation { get; init; }
}

/// <summary>A number for each of log D, logit f and log D*.</summary>
public readonly record struct PairStrength(double D, double F, double DStar);
