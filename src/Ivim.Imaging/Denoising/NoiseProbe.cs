using Ivim.Physics;

namespace Ivim.Imaging.Denoising;

/// <summary>
/// A series with a little more noise: what a denoiser makes of it, compared with what it made of the series, tells how
/// much noise it leaves, and in which direction.
/// </summary>
/// <remarks>As the divergence is found in Ramani, Blu and Unser, IEEE Trans Image Process 17 (2008) 1540.</remarks>
public static class NoiseProbe
{
    // A stream of its own: neither a phantom's noise nor any training has it.
    private const ulong Seed = 20_260_102;

    /// <param name="sigma">
    /// [z, y, x] of the block, scanner units; where it is not a number above 0 the median of the others stands in.
    /// </param>
    /// <param name="matrix">Acquired; the noise that is added has no higher frequencies either.</param>
    /// <param name="share">Of sigma, that is added.</param>
    public static SliceBlock AddedTo(SliceBlock raw, float[] sigma, AcquiredMatrix matrix, double share)
    {
        var whole = raw.Whole;
        var (given, native) = ((whole.Width, whole.Height),
            (matrix.Width ?? whole.Width, matrix.Height ?? whole.Height));
        var resampling = new FourierResampling(given, native);
        var stream = new RandomStream(Seed);
        var level = Filled(sigma);
        var noise = new float[native.Item1 * native.Item2];
        var noisier = new float[raw.Voxels.Length];
        int perSlice = (int)whole.VoxelsPerSlice;
        for (int image = 0; image < raw.Slices * whole.Volumes; image++)
        {
            for (int i = 0; i < noise.Length; i++)
                noise[i] = (float)stream.Gaussian((ulong)image * (ulong)perSlice + (ulong)i);
            var onGrid = given == native ? noise : resampling.ToGiven(noise);
            int start = image * perSlice, first = image % raw.Slices * perSlice;
            for (int i = 0; i < perSlice; i++)
                noisier[start + i] = (float)(raw.Voxels[start + i] + share * level[first + i] * onGrid[i]);
        }
        return new SliceBlock(whole, raw.FirstSlice, raw.Slices, noisier);
    }

    private static float[] Filled(float[] sigma)
    {
        float[] known = [.. sigma.Where(value => value > 0 && float.IsFinite(value)).Order()];
        float middle = known.Length == 0 ? 0 : known[known.Length / 2];
        return Array.ConvertAll(sigma, value => value > 0 && float.IsFinite(value) ? value : middle);
    }
}
