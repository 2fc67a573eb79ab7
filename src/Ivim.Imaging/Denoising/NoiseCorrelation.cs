namespace Ivim.Imaging.Denoising;

/// <summary>Correlation of the noise of neighbours one voxel apart; NaN where there are none (one slice).</summary>
public sealed record NoiseCorrelation(double X, double Y, double Z)
{
    private const double LargestCorrelation = 0.999;   // one voxel of 40 is independent along the axis

    /// <summary>
    /// Voxels whose noise is independent as a share of all, above 0, at most 1: along each axis the share of the
    /// band that white noise would have to fill, sin(πs) / (πs) = correlation, as after zero-filling.
    /// </summary>
    public double IndependentShare => BandShare(X) * BandShare(Y) * BandShare(Z);

    /// <summary>Pooled over voxel pairs inside the mask and over volumes.</summary>
    public static NoiseCorrelation Of(GlobalResiduals residuals)
    {
        int width = residuals.Block.Whole.Width, perSlice = (int)residuals.Block.Whole.VoxelsPerSlice;
        return new NoiseCorrelation(
            AtDistance(residuals, 1, i => i % width < width - 1),
            AtDistance(residuals, width, i => i % perSlice < perSlice - width),
            AtDistance(residuals, perSlice, i => i < residuals.Mask.Length - perSlice));
    }

    private static double BandShare(double correlation)
    {
        if (!(correlation > 0)) return 1;
        double wanted = Math.Min(correlation, LargestCorrelation), low = 0, high = 1;
        for (int i = 0; i < 50; i++)
        {
            double middle = (low + high) / 2, angle = Math.PI * middle;
            if (Math.Sin(angle) / angle > wanted) low = middle;
            else high = middle;
        }
        return high;
    }

    private static double AtDistance(GlobalResiduals residuals, int step, Func<int, bool> hasNeighbour)
    {
        var mask = residuals.Mask;
        int[] pairs = [.. Enumerable.Range(0, mask.Length)
            .Where(i => mask[i] && hasNeighbour(i) && mask[i + step])];
        double product = 0, first = 0, second = 0;
        for (int volume = 0; volume < residuals.Block.Whole.Volumes; volume++)
        {
            var values = residuals.Volume(volume);
            foreach (int i in pairs)
            {
                product += (double)values[i] * values[i + step];
                first += (double)values[i] * values[i];
                second += (double)values[i + step] * values[i + step];
            }
        }
        return first > 0 && second > 0 ? product / Math.Sqrt(first * second) : double.NaN;
    }
}
