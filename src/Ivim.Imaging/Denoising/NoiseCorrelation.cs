namespace Ivim.Imaging.Denoising;

/// <summary>Correlation of the noise of neighbours one voxel apart; NaN where there are none (one slice).</summary>
public sealed record NoiseCorrelation(double X, double Y, double Z)
{
    /// <summary>Pooled over voxel pairs inside the mask and over volumes.</summary>
    public static NoiseCorrelation Of(GlobalResiduals residuals)
    {
        int width = residuals.Block.Whole.Width, perSlice = (int)residuals.Block.Whole.VoxelsPerSlice;
        return new NoiseCorrelation(
            AtDistance(residuals, 1, i => i % width < width - 1),
            AtDistance(residuals, width, i => i % perSlice < perSlice - width),
            AtDistance(residuals, perSlice, i => i < residuals.Mask.Length - perSlice));
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
