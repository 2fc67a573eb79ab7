using System.Globalization;
using Ivim.Physics;

namespace Ivim.Imaging.Denoising;

/// <summary>
/// Denoises on the matrix that was acquired, where the noise of neighbours is independent, and brings the signals back
/// to the given one: on a zero-filled image noise looks like structure, and local principal component analysis keeps
/// it.
/// </summary>
public static class NativeGridDenoising
{
    /// <param name="input">As for <see cref="LocalPca"/>, on the given grid; every voxel finite.</param>
    /// <param name="matrix">At most the given one; an axis that is not known stays as it is.</param>
    /// <param name="options">A mask or a sigma map is one of the given grid.</param>
    /// <returns>On the given grid. Sigma is that of a raw voxel, which is the same on both grids. The patch is one of
    /// the native grid.</returns>
    /// <exception cref="RefusalException">DENOISE-NOT-FINITE, DENOISE-TOO-FEW-VOXELS.</exception>
    public static DenoisedSlices Denoise(SliceBlock input, int firstSlice, int lastSlice, AcquiredMatrix matrix,
        LocalPcaOptions options, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        RequireFinite(input);
        var given = (input.Whole.Width, input.Whole.Height);
        var native = (matrix.Width ?? input.Whole.Width, matrix.Height ?? input.Whole.Height);
        var resampling = new FourierResampling(given, native);
        var maps = new LinearResampling(given, native);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation,
        };
        var shape = input.Whole with { Width = native.Item1, Height = native.Item2 };
        var cropped = new SliceBlock(shape, input.FirstSlice, input.Slices,
            Each(input.Voxels, input.Slices * shape.Volumes, resampling.ToNative, parallel));
        var nativeOptions = options with
        {
            // A cropped image rings about zero in air; what is clipped there would not come back.
            ClipNegative = false,
            Mask = maps.MaskToNative(options.Mask),
            Sigma = options.Sigma.Length > 1 ? maps.ToNative(options.Sigma) : options.Sigma,
        };
        var denoised = LocalPca.Denoise(cropped, firstSlice, lastSlice, nativeOptions, progress, cancellation);
        int images = denoised.Slices * shape.Volumes;
        return Finish(input, options, denoised with
        {
            Whole = input.Whole,
            Signals = Each(denoised.Signals, images, resampling.ToGiven, parallel),
            Sigma = Each(denoised.Sigma, denoised.Slices, maps.ToGiven, parallel),
            KeptComponents = Each(denoised.KeptComponents, denoised.Slices, maps.ToGiven, parallel),
        });
    }

    private static void RequireFinite(SliceBlock input)
    {
        int broken = input.Voxels.Count(value => !float.IsFinite(value));
        if (broken > 0)
            throw new RefusalException("DENOISE-NOT-FINITE",
                string.Create(CultureInfo.InvariantCulture, $"{broken} signals that are NaN or infinite"),
                "finite signals, to resample them to the acquired matrix",
                "denoise on the given grid, or correct the image");
    }

    /// <summary>Image by image; each is cut from the one array and put into the other.</summary>
    private static float[] Each(float[] voxels, int images, Resample resample, ParallelOptions parallel)
    {
        int length = voxels.Length / images;
        var results = new float[images][];
        Parallel.For(0, images, parallel, i => results[i] = resample(voxels.AsSpan(i * length, length)));
        var all = new float[results[0].Length * images];
        for (int i = 0; i < images; i++) results[i].CopyTo(all, i * results[0].Length);
        return all;
    }

    private static DenoisedSlices Finish(SliceBlock input, LocalPcaOptions options, DenoisedSlices denoised)
    {
        int voxels = denoised.Sigma.Length;
        int offset = (denoised.FirstSlice - input.FirstSlice) * (int)input.Whole.VoxelsPerSlice;
        for (int i = 0; i < voxels; i++)
        {
            bool masked = options.Mask.Length > 0 && !options.Mask[offset + i];
            if (masked) (denoised.Sigma[i], denoised.KeptComponents[i]) = (float.NaN, float.NaN);
            for (int volume = 0; volume < input.Whole.Volumes; volume++)
            {
                ref float value = ref denoised.Signals[volume * voxels + i];
                if (masked) value = input.Voxels[volume * input.VoxelsPerVolume + offset + i];
                else if (options.ClipNegative) value = Math.Max(value, 0);
            }
        }
        return denoised;
    }

    private delegate float[] Resample(ReadOnlySpan<float> image);
}
