namespace Ivim.Imaging.Denoising;

/// <summary>
/// Masks and maps between the given and the native grid: linear, because a map of sigma must not ring. Voxel 0 of both
/// grids lies at the same place, as <see cref="FourierResampling"/> has it.
/// </summary>
internal sealed class LinearResampling((int Width, int Height) given, (int Width, int Height) native)
{
    /// <param name="map">[y, x] of the native grid; NaN is spread.</param>
    public float[] ToGiven(ReadOnlySpan<float> map)
    {
        var result = new float[given.Width * given.Height];
        for (int i = 0; i < result.Length; i++)
            result[i] = (float)At(map, native, Place(i % given.Width, given.Width, native.Width),
                Place(i / given.Width, given.Height, native.Height));
        return result;
    }

    /// <param name="maps">[z, y, x] of the given grid.</param>
    public double[] ToNative(double[] maps)
    {
        int from = given.Width * given.Height, slices = maps.Length / from;
        var result = new double[slices * native.Width * native.Height];
        for (int slice = 0, i = 0; slice < slices; slice++)
        {
            float[] map = Array.ConvertAll(maps[(slice * from)..((slice + 1) * from)], value => (float)value);
            for (int pixel = 0; pixel < native.Width * native.Height; pixel++) result[i++] = OfGiven(map, pixel);
        }
        return result;
    }

    /// <summary>True where any voxel of the given grid needs the native one to be drawn from it.</summary>
    /// <param name="mask">[z, y, x] of the given grid, or empty.</param>
    public bool[] MaskToNative(bool[] mask)
    {
        int from = given.Width * given.Height, to = native.Width * native.Height;
        var result = new bool[mask.Length / from * to];
        for (int i = 0; i < mask.Length; i++)
        {
            if (!mask[i]) continue;
            int pixel = i % from, origin = i / from * to;
            double x = Place(pixel % given.Width, given.Width, native.Width);
            double y = Place(pixel / given.Width, given.Height, native.Height);
            foreach (int row in new[] { (int)y, Math.Min((int)y + 1, native.Height - 1) })
            {
                result[origin + row * native.Width + (int)x] = true;
                result[origin + row * native.Width + Math.Min((int)x + 1, native.Width - 1)] = true;
            }
        }
        return result;
    }

    private double OfGiven(float[] map, int pixel) =>
        At(map, given, Place(pixel % native.Width, native.Width, given.Width),
            Place(pixel / native.Width, native.Height, given.Height));

    private static double Place(int index, int size, int other) => Math.Min((double)index * other / size, other - 1);

    private static double At(ReadOnlySpan<float> map, (int Width, int Height) size, double x, double y)
    {
        int left = (int)x, top = (int)y;
        int right = Math.Min(left + 1, size.Width - 1), bottom = Math.Min(top + 1, size.Height - 1);
        double u = x - left, v = y - top;
        double upper = Mix(map[top * size.Width + left], map[top * size.Width + right], u);
        double lower = Mix(map[bottom * size.Width + left], map[bottom * size.Width + right], u);
        return Mix(upper, lower, v);
    }

    private static double Mix(double a, double b, double share) => share == 0 ? a : (1 - share) * a + share * b;
}
