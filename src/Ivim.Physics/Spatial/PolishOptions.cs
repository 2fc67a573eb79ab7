namespace Ivim.Physics.Spatial;

/// <summary>All numbers of the guided polish; what was tried is in docs/polish.md.</summary>
public sealed record PolishOptions
{
    public static PolishOptions Default { get; } = new();

    /// <summary>Recipe R of METHOD.md h, with sweeps in place of its 150 Adam steps a pass.</summary>
    public static PolishOptions RecipeR { get; } = new()
    {
        Passes = 2, EffectiveNoise = 0.3, EdgeWidth = 0.02, GuideWidth = 3, GuideShare = new PairStrength(1, 1, 1),
        PriorWeight = 0, LeastStartF = 0, MisfitFactor = 0,
    };

    /// <summary>Passes; each takes its guide and its start from the maps of the one before.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>Sweeps over all voxels in a pass.</summary>
    public int SweepsPerPass { get; init; } = 30;

    /// <summary>Each step times this, 1 to below 2: stretched steps converge in fewer sweeps.</summary>
    public double OverRelaxation { get; init; } = 1.7;

    /// <summary>Least e: standard deviation of the denoised signals as a share of σ.</summary>
    public double EffectiveNoise { get; init; } = 0.25;

    /// <summary>
    /// e is at least this many times the misfit around a voxel / √(independent share of the voxels), see
    /// <see cref="PolishNoise"/>; 0 asks for no misfit.
    /// </summary>
    public double MisfitFactor { get; init; } = 0.35;

    /// <summary>λ of log D, logit f and log D*: cost of a unit of difference between neighbours.</summary>
    public PairStrength Strength { get; init; } = new(12, 4, 2);

    /// <summary>h: differences below this, in log D, logit f and log D*, cost their square, above their size.</summary>
    public double EdgeWidth { get; init; } = 0.05;

    /// <summary>Reach of the neighbourhood in plane, in voxels.</summary>
    public int RadiusInPlane { get; init; } = 2;

    /// <summary>Reach of the neighbourhood across slices, in slices.</summary>
    public int RadiusAcross { get; init; } = 1;

    /// <summary>τ: distance of two guides, in units of their noise, at which the weight is e^−½.</summary>
    public double GuideWidth { get; init; } = 2.5;

    public SpatialBounds Bounds { get; init; } = SpatialBounds.Default;

    /// <summary>Factor of ½ (θ − μ)ᵀ Σ⁻¹ (θ − μ), the study's normal prior; 0 leaves it out.</summary>
    public double PriorWeight { get; init; } = 0.1;

    /// <summary>
    /// A start with less f than this begins with this f and the prior's mean D*: next to f = 0 the slopes of f and
    /// D* vanish, and a voxel-wise fit's D* is arbitrary.
    /// </summary>
    public double LeastStartF { get; init; } = 0.03;

    /// <summary>Share of log D, logit f and log D* of the start in the guide, against 1 for a score.</summary>
    public PairStrength GuideShare { get; init; }

    /// <summary>How many threads may work at once, at least 1; changes no bit.</summary>
    public int DegreeOfParallelism { get; init; } = 1;

    public CancellationToken Cancellation { get; init; }

    /// <summary>Told after every sweep which share of the pass is done, 0 to 1.</summary>
    public Action<double>? Progress { get; init; }

    internal void Check()
    {
        Require(Passes >= 1 && SweepsPerPass >= 1 && DegreeOfParallelism >= 1, "passes, sweeps and threads from 1 on");
        Require(OverRelaxation is >= 1 and < 2, "an over-relaxation from 1 to below 2");
        Require(EffectiveNoise > 0 && EdgeWidth > 0 && GuideWidth > 0, "noise, edge width and guide width above 0");
        Require(MisfitFactor >= 0, "a factor of the misfit from 0 on");
        Require(Strength is { D: >= 0, F: >= 0, DStar: >= 0 }, "strengths from 0 on");
        Require(RadiusInPlane is >= 1 and <= 8 && RadiusAcross is >= 0 and <= 8, "a neighbourhood of 1 to 8 voxels");
        Require(PriorWeight >= 0, "a prior weight from 0 on");
        Require(LeastStartF is >= 0 and < 1, "a least f of the start from 0 to below 1");
    }

    private static void Require(bool holds, string expected)
    {
        if (!holds) throw new ArgumentException($"the polish expects {expected}");
    }
}

/// <summary>A number for each of log D, logit f and log D*.</summary>
public readonly record struct PairStrength(double D, double F, double DStar);
