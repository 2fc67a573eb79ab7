namespace Ivim.Imaging.Volumes;

/// <summary>Splits values in two classes so that the variance between the classes is largest.</summary>
/// <remarks>Source: Otsu, IEEE Trans Syst Man Cybern 9 (1979) 62, doi 10.1109/TSMC.1979.4310076, on a histogram of 256
/// bins.</remarks>
internal static class OtsuThreshold
{
    private const int Bins = 256;

    /// <param name="values">From 0 to <paramref name="largest"/>.</param>
    /// <returns>The upper edge of the last bin of the lower class.</returns>
    public static double Of(double[] values, double largest)
    {
        var histogram = new long[Bins];
        foreach (double value in values) histogram[Math.Min((int)(value / largest * Bins), Bins - 1)]++;
        double total = 0;
        for (int bin = 0; bin < Bins; bin++) total += bin * (double)histogram[bin];

        double best = -1, lowerSum = 0;
        long lowerCount = 0;
        int split = 0;
        for (int bin = 0; bin < Bins - 1; bin++)
        {
            lowerCount += histogram[bin];
            lowerSum += bin * (double)histogram[bin];
            long upperCount = values.Length - lowerCount;
            if (lowerCount == 0 || upperCount == 0) continue;
            double distance = lowerSum / lowerCount - (total - lowerSum) / upperCount;
            double between = (double)lowerCount * upperCount * distance * distance;
            if (between > best) (best, split) = (between, bin);
        }
        return (split + 1) * largest / Bins;
    }
}
