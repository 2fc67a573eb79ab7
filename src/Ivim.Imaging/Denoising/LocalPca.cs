using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Denoising;

/// <summary>
/// Denoises a diffusion series by overcomplete local principal component analysis: the signals of a patch, [samples,
/// volumes], are projected on the components that stand out of the noise, and the estimates of all patches that hold a
/// voxel are averaged.
/// </summary>
/// <remarks>
/// Components kept by the law of Marchenko and Pastur (MPPCA): Veraart et al., NeuroImage 142 (2016) 394, doi
/// 10.1016/j.neuroimage.2016.08.016; by a known noise level, and the average with weights 1 / (1 + components kept):
/// Manjon et al., PLoS ONE 8 (2013) e73021, doi 10.1371/journal.pone.0073021. Only whole patches are used: near a
/// border a voxel lies in fewer. Every sum has one order, so threads and slabs do not change a bit.
/// </remarks>
public static class LocalPca
{
    /// <param name="input">
    /// All volumes as acquired, before averaging and normalisation, on the slices of <see cref="SliceBlock.Needed"/> or
    /// more.
    /// </param>
    /// <param name="firstSlice">The slices that are wanted, indices in the whole, inclusive.</param>
    /// <param name="progress">Told the share done after each slice.</param>
    /// <exception cref="Physics.RefusalException">DENOISE-TOO-FEW-VOXELS.</exception>
    public static DenoisedSlices Denoise(SliceBlock input, int firstSlice, int lastSlice, LocalPcaOptions options,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var patch = options.Patch.FittedTo(input.Whole);
        Check(input, firstSlice, lastSlice, options, patch);
        return new LocalPcaRun(input, firstSlice, lastSlice, options, patch).Run(progress, cancellation);
    }

    /// <summary>All slices of a whole series.</summary>
    public static DenoisedSlices Denoise(NiftiImage series, LocalPcaOptions options, Action<double>? progress = null,
        CancellationToken cancellation = default) =>
        Denoise(SliceBlock.Of(series), 0, series.Header.Shape.Slices - 1, options, progress, cancellation);

    private static void Check(
        SliceBlock input, int firstSlice, int lastSlice, LocalPcaOptions options, PatchSize patch)
    {
        if (firstSlice < 0 || lastSlice < firstSlice || lastSlice >= input.Whole.Slices)
            throw new ArgumentException($"no slices {firstSlice} to {lastSlice} in {input.Whole}", nameof(firstSlice));
        var (first, last) = SliceBlock.Needed(input.Whole, firstSlice, lastSlice, patch);
        if (input.FirstSlice > first || input.LastSlice < last)
            throw new ArgumentException($"slices {first} to {last} are needed", nameof(input));
        if (options.Sigma.Length > 1 && options.Sigma.Length != input.VoxelsPerVolume)
            throw new ArgumentException("one sigma, or one per voxel", nameof(options));
        if (options.Mask.Length > 0 && options.Mask.Length != input.VoxelsPerVolume)
            throw new ArgumentException("one mask value per voxel", nameof(options));
        if (options.Sigma.Length == 1 && !(options.Sigma[0] > 0 && double.IsFinite(options.Sigma[0])))
            throw new ArgumentException("sigma is above 0", nameof(options));
        if (options.TauFactor is { } tau && !(tau > 0))
            throw new ArgumentException("the factor is above 0", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
    }
}
