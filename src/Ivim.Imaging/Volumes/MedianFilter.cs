using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Volumes;

/// <summary>Median over 3 x 3 voxels of a slice; edges repeat, and what is not finite or below 0 counts as 0.</summary>
internal static class MedianFilter
{
    /// <returns>float32 [z, y, x], each at least 0.</returns>
    public static float[] InPlane(ImageShape shape, float[] image)
    {
        var filtered = new float[image.Length];
        Span<float> window = stackalloc float[9];
        for (int z = 0; z < shape.Slices; z++)
            for (int y = 0; y < shape.Height; y++)
                for (int x = 0; x < shape.Width; x++)
                {
                    int count = 0;
                    for (int dy = -1; dy <= 1; dy++)
                        for (int dx = -1; dx <= 1; dx++)
                            window[count++] = At(shape, image, x + dx, y + dy, z);
                    window.Sort();
                    filtered[(z * shape.Height + y) * shape.Width + x] = window[4];
                }
        return filtered;
    }

    private static float At(ImageShape shape, float[] image, int x, int y, int z)
    {
        x = Math.Clamp(x, 0, shape.Width - 1);
        y = Math.Clamp(y, 0, shape.Height - 1);
        float value = image[(z * shape.Height + y) * shape.Width + x];
        return value > 0 && float.IsFinite(value) ? value : 0;
    }
}
