namespace Ivim.Physics.Noise;

/// <summary>The mode of a sample: where its density, smoothed by a Gaussian kernel, is highest.</summary>
public static class DensityMode
{
    // Bins this fine and a parabola through the highest three leave no trace of the grid.
    private const int BinsPerBandwidth = 8, Reach = 4 * BinsPerBandwidth;

    /// <param name="values">Finite, at least one, in any order.</param>
    /// <param name="bandwidth">Standard deviation of the kernel, above 0: about that of the peak.</param>
    public static double Of(IReadOnlyCollection<double> values, double bandwidth)
    {
        if (values.Count == 0) throw new ArgumentException("no values", nameof(values));
        double first = values.Min(), step = bandwidth / BinsPerBandwidth;
        var histogram = new double[(int)((values.Max() - first) / step) + 2 * Reach + 2];
        foreach (double value in values) histogram[(int)((value - first) / step) + Reach]++;
        var density = new double[histogram.Length];
        for (int bin = Reach; bin < histogram.Length - Reach; bin++)
        {
            for (int d = -Reach; histogram[bin] > 0 && d <= Reach; d++)
                density[bin + d] += histogram[bin] * Math.Exp(-0.5 * d * d / (BinsPerBandwidth * BinsPerBandwidth));
        }
        int best = 1;
        for (int bin = 2; bin < density.Length - 1; bin++) best = density[bin] > density[best] ? bin : best;
        double left = density[best - 1], right = density[best + 1], bend = left - 2 * density[best] + right;
        double offset = bend < 0 ? (left - right) / (2 * bend) : 0;
        return first + (best - Reach + 0.5 + offset) * step;
    }
}
