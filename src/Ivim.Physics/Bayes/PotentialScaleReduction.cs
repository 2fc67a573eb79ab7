namespace Ivim.Physics.Bayes;

/// <summary>R-hat: how much wider all chains together are than each of them; 1 where they agree.</summary>
/// <remarks>
/// Gelman and Rubin, Statist Sci 7 (1992) 457, of chains cut in halves: Gelman et al., Bayesian Data Analysis, 3rd
/// ed., section 11.4.
/// </remarks>
internal static class PotentialScaleReduction
{
    /// <summary>What chains that do not move at all are given: never infinite, never NaN.</summary>
    public const double Largest = 1000;

    /// <param name="means">Mean of each half chain, length m ≥ 2.</param>
    /// <param name="variances">Sample variance of each, length m.</param>
    /// <param name="samples">Length of each half chain, n ≥ 2.</param>
    public static double Of(ReadOnlySpan<double> means, ReadOnlySpan<double> variances, int samples)
    {
        double mean = 0, within = 0, between = 0;
        for (int i = 0; i < means.Length; i++)
        {
            mean += means[i] / means.Length;
            within += variances[i] / means.Length;
        }
        foreach (double each in means) between += (each - mean) * (each - mean) / (means.Length - 1);
        if (within == 0) return between == 0 ? 1 : Largest;
        return Math.Min(Largest, Math.Sqrt((samples - 1.0) / samples + between / within));
    }
}
