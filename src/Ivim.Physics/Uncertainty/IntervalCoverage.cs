namespace Ivim.Physics.Uncertainty;

/// <summary>How often an interval holds the truth.</summary>
public static class IntervalCoverage
{
    /// <summary>Half width of the central 90 % interval of a normal distribution, in standard deviations.</summary>
    public const double HalfWidthOf90Percent = 1.6448536269514722;

    /// <param name="counts">The voxels that count.</param>
    /// <returns>Share of them whose 90 % interval, estimate ± 1.645 errors, holds the truth; NaN without a
    /// voxel.</returns>
    public static double Of90Percent(
        ReadOnlySpan<float> estimate, ReadOnlySpan<float> error, ReadOnlySpan<float> truth, ReadOnlySpan<bool> counts)
    {
        if (estimate.Length != truth.Length || error.Length != truth.Length || counts.Length != truth.Length)
            throw new ArgumentException("arrays of one length are expected", nameof(estimate));
        var (all, held) = (0, 0);
        for (int voxel = 0; voxel < truth.Length; voxel++)
        {
            if (!counts[voxel]) continue;
            all++;
            if (Math.Abs((double)estimate[voxel] - truth[voxel]) <= HalfWidthOf90Percent * error[voxel]) held++;
        }
        return all == 0 ? double.NaN : (double)held / all;
    }
}
