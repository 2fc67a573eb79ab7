namespace Ivim.Physics.Bayes;

/// <summary>One parameter's posterior in every voxel, arrays of length V; 0 in voxels that were not fitted.</summary>
public sealed class PosteriorMap
{
    internal PosteriorMap(int voxels) =>
        (Median, Spread, RHat, Theta, ThetaSpread) =
            (new float[voxels], new float[voxels], new float[voxels], new float[voxels], new float[voxels]);

    /// <summary>Posterior median: D and D* in mm²/s, f a fraction.</summary>
    public float[] Median { get; }

    /// <summary>
    /// Half of the central 68 % interval (16 to 84 %), in the unit of the parameter: the standard deviation of a normal
    /// posterior, and finite where the long tail of D* would make the standard deviation mean nothing.
    /// </summary>
    public float[] Spread { get; }

    /// <summary>Split R-hat on the scale of the walk; below 1.1 counts as converged.</summary>
    public float[] RHat { get; }

    /// <summary>The median on the scale of the walk: ln D, logit f or ln D*.</summary>
    internal float[] Theta { get; }

    internal float[] ThetaSpread { get; }

    internal IEnumerable<Array> Arrays => [Median, Spread, RHat, Theta, ThetaSpread];
}

/// <summary>R-hat over the fitted voxels, for one parameter.</summary>
/// <param name="ShareAbove">Share of voxels above 1.1.</param>
public readonly record struct RHatSummary(double Median, double Largest, double ShareAbove);

/// <summary>What the Bayesian fit found.</summary>
public sealed class BayesResult
{
    internal BayesResult(int voxels)
    {
        (D, F, DStar) = (new PosteriorMap(voxels), new PosteriorMap(voxels), new PosteriorMap(voxels));
        S0 = new float[voxels];
    }

    public int Voxels => S0.Length;

    /// <summary>mm²/s.</summary>
    public PosteriorMap D { get; }

    public PosteriorMap F { get; }

    /// <summary>mm²/s. Where f is near 0 it tells of the population, not of the voxel: see the spread.</summary>
    public PosteriorMap DStar { get; }

    /// <summary>In the unit of the voxel's signals: the best amplitude of the curve at the medians.</summary>
    public float[] S0 { get; }

    /// <summary>Voxels that hold a non-finite value, or nothing but zeros.</summary>
    public int Unfitted { get; internal set; }

    /// <summary>Posterior medians of μ and Σ of the hierarchical prior.</summary>
    public required Population Population { get; init; }

    /// <summary>Largest split R-hat of the nine numbers of μ and Σ, in the stage that sampled them.</summary>
    public required double PopulationRHat { get; init; }

    public RHatSummary RHatD { get; internal set; }

    public RHatSummary RHatF { get; internal set; }

    public RHatSummary RHatDStar { get; internal set; }

    /// <summary>
    /// Medians or spreads that lie in the outer bin of a voxel's histogram: limits, not values. 0 unless burn-in was
    /// too short.
    /// </summary>
    public int QuantilesAtLimit { get; internal set; }

    internal PosteriorMap[] Maps => [D, F, DStar];

    internal IEnumerable<Array> Arrays => [.. Maps.SelectMany(map => map.Arrays), S0];
}
