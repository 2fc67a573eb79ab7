namespace Ivim.Physics.Noise;

/// <summary>The mode of a sample, without bins or bandwidths.</summary>
/// <remarks>
/// Half-sample mode: the shortest interval that holds half of the values, again and again. Bickel and Frühwirth, Comput
/// Stat Data Anal 50 (2006) 3500, doi 10.1016/j.csda.2005.07.011.
/// </remarks>
public static class HalfSampleMode
{
    /// <param name="sorted">Ascending, finite, at least one.</param>
    public static double Of(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty) throw new ArgumentException("no values", nameof(sorted));
        while (sorted.Length > 3)
        {
            int half = (sorted.Length + 1) / 2, best = 0;
            for (int i = 1; i + half <= sorted.Length; i++)
            {
                if (sorted[i + half - 1] - sorted[i] < sorted[best + half - 1] - sorted[best]) best = i;
            }
            sorted = sorted.Slice(best, half);
        }
        if (sorted.Length < 3) return (sorted[0] + sorted[^1]) / 2;
        double left = sorted[1] - sorted[0], right = sorted[2] - sorted[1];
        if (left == right) return sorted[1];
        return left < right ? (sorted[0] + sorted[1]) / 2 : (sorted[1] + sorted[2]) / 2;
    }
}
