namespace Ivim.Physics.Fits;

/// <summary>Estimates of many voxels, arrays of length V in the order of the input.</summary>
/// <remarks>
/// Never NaN. A voxel that holds a non-finite value, or nothing but zeros, is not fitted: it is 0 in every array, and
/// <see cref="Unfitted"/> counts it.
/// </remarks>
public sealed class FitResult
{
    internal FitResult(int voxels)
    {
        (D, F, DStar, S0, Rmse) =
            (new float[voxels], new float[voxels], new float[voxels], new float[voxels], new float[voxels]);
        (StdD, StdF, StdDStar, StdS0) =
            (new float[voxels], new float[voxels], new float[voxels], new float[voxels]);
    }

    public int Voxels => D.Length;

    /// <summary>mm²/s.</summary>
    public float[] D { get; }

    /// <summary>Fraction.</summary>
    public float[] F { get; }

    /// <summary>
    /// mm²/s. Where f is 0 the signal holds nothing about D*, and the value is arbitrary within its bounds.
    /// </summary>
    public float[] DStar { get; }

    /// <summary>Relative to the reference signal that the voxel was divided by.</summary>
    public float[] S0 { get; }

    /// <summary>√(Σ n_b r_b² / Σ n_b), relative to the reference signal.</summary>
    public float[] Rmse { get; }

    /// <summary>Standard error of D in mm²/s, see <see cref="StandardErrors"/>.</summary>
    public float[] StdD { get; }

    public float[] StdF { get; }

    /// <summary>Standard error of D* in mm²/s.</summary>
    public float[] StdDStar { get; }

    public float[] StdS0 { get; }

    /// <summary>Voxels that could not be fitted: a non-finite value, or zeros only.</summary>
    public int Unfitted { get; internal set; }

    /// <summary>How many fitted voxels ended on a bound, per parameter.</summary>
    public BoundCounts AtBounds { get; internal set; }

    /// <summary>
    /// Mean over the fitted voxels of Rmse²: the loss that no network can go below without fitting noise.
    /// </summary>
    public double MeanSquaredResidual { get; internal set; }
}

/// <summary>Voxels on the lower or the upper bound of each parameter.</summary>
public readonly record struct BoundCounts(int D, int F, int DStar, int S0);
