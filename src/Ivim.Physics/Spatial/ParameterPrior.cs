namespace Ivim.Physics.Spatial;

/// <summary>The normal distribution of (log D, logit f, log D*) over a study: mean and covariance.</summary>
/// <param name="Mean">Length 3.</param>
/// <param name="Covariance">[3, 3], positive definite.</param>
public sealed record ParameterPrior(double[] Mean, double[,] Covariance)
{
    // Keeps the matrix invertible on a phantom of one tissue.
    private const double LeastVariance = 1e-4;

    /// <summary>Sample mean and covariance over the voxels of a voxel-wise fit that end inside all bounds.</summary>
    /// <remarks>
    /// A voxel on a bound says that the data wanted to go further, not where the tissue lies. Where fewer than
    /// ten voxels are inside, all count.
    /// </remarks>
    public static ParameterPrior Measure(SpatialMaps fit, SpatialBounds ranges)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(ranges);
        var bounds = ranges.Transformed();
        var all = Enumerable.Range(0, fit.Voxels).Select(voxel => new[]
        {
            bounds.OfD(fit.D[voxel]), bounds.OfF(fit.F[voxel]), bounds.OfDStar(fit.DStar[voxel]),
        }).ToArray();
        var inside = all.Where(x => IsInside(x[0], bounds.D) && IsInside(x[1], bounds.F)
            && IsInside(x[2], bounds.DStar)).ToArray();
        return Of(inside.Length >= 10 ? inside : all);
    }

    private static bool IsInside(double value, Bounds bounds) =>
        value > bounds.Lower + 1e-6 && value < bounds.Upper - 1e-6;

    private static ParameterPrior Of(double[][] sample)
    {
        var mean = new double[3];
        var covariance = new double[3, 3];
        for (int i = 0; i < 3; i++) mean[i] = sample.Sum(x => x[i]) / sample.Length;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                covariance[i, j] = sample.Sum(x => (x[i] - mean[i]) * (x[j] - mean[j])) / sample.Length;
                if (i == j) covariance[i, j] += LeastVariance;
            }
        }
        return new ParameterPrior(mean, covariance);
    }

    /// <summary>Lower triangle of the inverse: 00, 10, 11, 20, 21, 22.</summary>
    internal double[] Precision()
    {
        var c = Covariance;
        double k00 = c[1, 1] * c[2, 2] - c[2, 1] * c[2, 1], k10 = c[2, 0] * c[2, 1] - c[1, 0] * c[2, 2];
        double k20 = c[1, 0] * c[2, 1] - c[2, 0] * c[1, 1];
        double determinant = c[0, 0] * k00 + c[1, 0] * k10 + c[2, 0] * k20;
        double k11 = c[0, 0] * c[2, 2] - c[2, 0] * c[2, 0], k21 = c[1, 0] * c[2, 0] - c[0, 0] * c[2, 1];
        double k22 = c[0, 0] * c[1, 1] - c[1, 0] * c[1, 0];
        return [.. new[] { k00, k10, k11, k20, k21, k22 }.Select(k => k / determinant)];
    }
}
