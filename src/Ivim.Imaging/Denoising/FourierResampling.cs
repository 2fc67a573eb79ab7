using Ivim.Physics.Numerics;

namespace Ivim.Imaging.Denoising;

/// <summary>
/// Images from a given matrix to a smaller one by leaving out the high frequencies, and back by filling them with
/// zeros. Values keep their scale, and white noise of the small grid keeps its standard deviation on both.
/// </summary>
/// <remarks>
/// Separable sums with periodic sinc kernels. At an even size the highest frequency is one cosine: cropping adds its
/// two halves, filling splits it again, so that to the given grid and back is the identity on the small one. What was
/// acquired with the small matrix and zero-filled comes back unchanged.
/// </remarks>
public sealed class FourierResampling
{
    private readonly (int Width, int Height) _given, _native;
    private readonly double[] _cropX, _cropY, _fillX, _fillY;

    /// <param name="given">Voxels along x and y of the images.</param>
    /// <param name="native">At least 1 and at most the given.</param>
    public FourierResampling((int Width, int Height) given, (int Width, int Height) native)
    {
        if (native.Width < 1 || native.Height < 1 || native.Width > given.Width || native.Height > given.Height)
            throw new ArgumentException($"no matrix of {native} in one of {given}", nameof(native));
        (_given, _native) = (given, native);
        (_cropX, _cropY) = (Crop(given.Width, native.Width), Crop(given.Height, native.Height));
        (_fillX, _fillY) = (Fill(given.Width, native.Width), Fill(given.Height, native.Height));
    }

    /// <param name="image">[y, x] of the given matrix.</param>
    /// <returns>[y, x] of the native matrix.</returns>
    public float[] ToNative(ReadOnlySpan<float> image) =>
        Apply(image, _given, _cropX, _native.Width, _cropY, _native.Height);

    /// <param name="image">[y, x] of the native matrix.</param>
    /// <returns>[y, x] of the given matrix.</returns>
    public float[] ToGiven(ReadOnlySpan<float> image) =>
        Apply(image, _native, _fillX, _given.Width, _fillY, _given.Height);

    private static float[] Apply(ReadOnlySpan<float> image, (int Width, int Height) from,
        double[] alongX, int width, double[] alongY, int height)
    {
        int stride = RowKernels.Padded(width);
        var wide = new double[from.Height * stride];
        for (int y = 0; y < from.Height; y++)
        {
            for (int x = 0; x < from.Width; x++)
                RowKernels.AddScaled(wide.AsSpan(y * stride), image[y * from.Width + x],
                    alongX.AsSpan(x * stride, stride));
        }
        int rows = RowKernels.Padded(height);
        var line = new double[stride];
        var result = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(line);
            for (int row = 0; row < from.Height; row++)
                RowKernels.AddScaled(line, alongY[row * rows + y], wide.AsSpan(row * stride, stride));
            for (int x = 0; x < width; x++) result[y * width + x] = (float)line[x];
        }
        return result;
    }

    /// <summary>[given, native padded].</summary>
    private static double[] Crop(int given, int native)
    {
        int stride = RowKernels.Padded(native);
        var kernel = new double[given * stride];
        for (int i = 0; i < given; i++)
        {
            for (int j = 0; j < native; j++) kernel[i * stride + j] = Kernel(given, native, i, j, edge: 2) / given;
        }
        return kernel;
    }

    /// <summary>[native, given padded].</summary>
    private static double[] Fill(int given, int native)
    {
        int stride = RowKernels.Padded(given);
        var kernel = new double[native * stride];
        for (int i = 0; i < given; i++)
        {
            for (int j = 0; j < native; j++) kernel[j * stride + i] = Kernel(given, native, i, j, edge: 1) / native;
        }
        return kernel;
    }

    /// <summary>Σ over the native frequencies of cos 2πk(i/given − j/native).</summary>
    private static double Kernel(int given, int native, int i, int j, int edge)
    {
        if (given == native) return i == j ? given : 0;
        // Exact integers under the cosine: angles would lose digits.
        long turn = (long)i * native - (long)j * given, period = (long)given * native;
        double sum = 1;
        for (int k = 1; k <= (native - 1) / 2; k++) sum += 2 * Cosine(k * turn, period);
        if (native % 2 == 0) sum += edge * Cosine((long)native / 2 * i % given, given) * (j % 2 == 0 ? 1 : -1);
        return sum;
    }

    private static double Cosine(long turn, long period) => Math.Cos(2 * Math.PI * (turn % period) / period);
}
