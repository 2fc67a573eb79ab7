using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Denoising;

/// <summary>What was done to the noise of a series, for the files beside the maps.</summary>
public sealed record DenoisingReport
{
    /// <summary>Voxels of a patch, on the grid where it was used.</summary>
    public required PatchSize Patch { get; init; }

    /// <summary>Grid on which the patches lay: the acquired matrix, or the given one.</summary>
    public required ImageShape Grid { get; init; }

    public required AcquiredMatrix Matrix { get; init; }

    /// <summary>Of the raw noise on the given grid.</summary>
    public required NoiseCorrelation Correlation { get; init; }

    /// <summary>Of the raw noise on the grid where it was denoised.</summary>
    public required NoiseCorrelation CorrelationOnGrid { get; init; }

    /// <summary>Median of the raw noise's standard deviation over the mask, scanner units.</summary>
    public required double SigmaMedian { get; init; }

    /// <summary>Median absolute deviation from the median: how much sigma varies over the image.</summary>
    public required double SigmaDeviation { get; init; }

    /// <summary><see cref="GlobalResiduals.Deviation"/> of the raw signals on the given grid.</summary>
    public required double ResidualDeviation { get; init; }

    public required double KeptComponentsMedian { get; init; }

    /// <summary>Median over the mask of <see cref="EffectiveNoise.Ratio"/>.</summary>
    public required double NoiseRatio { get; init; }

    /// <summary>Voxels with independent noise as a share of those of the given grid, by the matrix alone.</summary>
    public required double IndependentShare { get; init; }

    /// <summary>Voxels of the mask that no patch of finite values holds: they keep their raw signals.</summary>
    public required int VoxelsNotDenoised { get; init; }

    /// <param name="denoised">All slices of <paramref name="raw"/>.</param>
    /// <param name="mask">[z, y, x]: the voxels that count.</param>
    /// <param name="matrix">On which it was denoised; not known is the given grid.</param>
    public static DenoisingReport Of(SliceBlock raw, DenoisedSlices denoised, bool[] mask, AcquiredMatrix matrix)
    {
        var given = raw.Whole;
        var grid = given with { Width = matrix.Width ?? given.Width, Height = matrix.Height ?? given.Height };
        var residuals = GlobalResiduals.Of(raw, mask);
        var before = NoiseCorrelation.Of(residuals);
        var at = Enumerable.Range(0, mask.Length).Where(i => mask[i] && !float.IsNaN(denoised.Sigma[i])).ToArray();
        double median = Median(at.Select(i => (double)denoised.Sigma[i]));
        double share = (double)grid.VoxelsPerSlice / given.VoxelsPerSlice;
        return new DenoisingReport
        {
            Patch = denoised.Patch,
            Grid = grid,
            Matrix = matrix,
            Correlation = before,
            CorrelationOnGrid = grid == given ? before : OnGrid(raw, mask, grid),
            SigmaMedian = median,
            SigmaDeviation = Median(at.Select(i => Math.Abs(denoised.Sigma[i] - median))),
            ResidualDeviation = residuals.Deviation,
            KeptComponentsMedian = Median(at.Select(i => (double)denoised.KeptComponents[i])),
            NoiseRatio = Median(at.Select(i =>
                EffectiveNoise.Ratio(denoised.KeptComponents[i], given.Volumes, denoised.Patch.Samples))),
            IndependentShare = share,
            VoxelsNotDenoised = mask.Count(inside => inside) - at.Length,
        };
    }

    /// <summary>The correlation that is left between neighbours of a smaller matrix.</summary>
    public static NoiseCorrelation OnGrid(SliceBlock raw, bool[] mask, ImageShape grid)
    {
        var (given, native) = ((raw.Whole.Width, raw.Whole.Height), (grid.Width, grid.Height));
        var resampling = new FourierResampling(given, native);
        int images = raw.Slices * raw.Whole.Volumes, length = (int)raw.Whole.VoxelsPerSlice;
        var cropped = new float[images * native.Width * native.Height];
        for (int i = 0; i < images; i++)
            resampling.ToNative(raw.Voxels.AsSpan(i * length, length))
                .CopyTo(cropped, i * native.Width * native.Height);
        var block = new SliceBlock(raw.Whole with { Width = native.Width, Height = native.Height },
            raw.FirstSlice, raw.Slices, cropped);
        var inside = new LinearResampling(given, native).MaskToNative(mask);
        return NoiseCorrelation.Of(GlobalResiduals.Of(block, inside));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
