namespace Ivim.Physics.Evaluation;

/// <summary>How often the truth lies where an estimate with its standard deviation says.</summary>
public static class IntervalCoverage
{
    /// <summary>Half of the central 90 % of a normal distribution, in standard deviations.</summary>
    public const double NinetyPercent = 1.6448536269514722;

    /// <param name="included">Which voxels count; same length.</param>
    /// <returns>Share of the voxels whose truth is within ±1.645 standard deviations; null where none
    /// counts.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double? OfNinetyPercent(ReadOnlySpan<float> estimate, ReadOnlySpan<float> deviation,
        ReadOnlySpan<float> truth, ReadOnlySpan<bool> included)
    {
        if (deviation.Length != estimate.Length || truth.Length != estimate.Length
            || included.Length != estimate.Length)
        {
            throw new ArgumentException($"{estimate.Length} estimates, {deviation.Length} deviations, "
                + $"{truth.Length} true values, {included.Length} of a mask", nameof(estimate));
        }
        int voxels = 0, covered = 0;
        for (int i = 0; i < estimate.Length; i++)
        {
            if (!included[i]) continue;
            voxels++;
            if (Math.Abs((double)estimate[i] - truth[i]) <= NinetyPercent * deviation[i]) covered++;
        }
        return voxels == 0 ? null : (double)covered / voxels;
    }
}
