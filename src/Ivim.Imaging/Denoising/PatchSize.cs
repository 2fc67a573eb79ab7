using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Denoising;

/// <summary>Voxels of a patch along x, y and z; each odd.</summary>
public readonly record struct PatchSize
{
    public PatchSize(int width, int height, int depth)
    {
        if (width < 1 || height < 1 || depth < 1 || (width & height & depth & 1) == 0)
            throw new ArgumentException($"a patch of {width}x{height}x{depth}: three odd numbers are expected");
        (Width, Height, Depth) = (width, height, depth);
    }

    public int Width { get; }

    public int Height { get; }

    public int Depth { get; }

    public int Samples => Width * Height * Depth;

    /// <summary>Slices on either side that a denoised slice depends on: the patches around it, and what they
    /// read.</summary>
    public int HaloSlices => Depth - 1;

    /// <summary>The patch that is used on an image.</summary>
    /// <remarks>
    /// Cut to the image along each axis, so that a single slice gets a flat patch; then widened in plane, the shorter
    /// side first, until there are more samples than volumes: with fewer, the smallest eigenvalues would be zero
    /// whatever the noise.
    /// </remarks>
    /// <param name="series">With its volumes.</param>
    /// <exception cref="RefusalException">DENOISE-TOO-FEW-VOXELS.</exception>
    public PatchSize FittedTo(ImageShape series)
    {
        int width = Fit(Width, series.Width), height = Fit(Height, series.Height), depth = Fit(Depth, series.Slices);
        while (width * height * depth <= series.Volumes)
        {
            bool wider = width + 2 <= series.Width, higher = height + 2 <= series.Height;
            if (!wider && !higher)
                throw new RefusalException("DENOISE-TOO-FEW-VOXELS",
                    $"{series.Volumes} volumes of {series.OneVolume} voxels",
                    "a patch with more voxels than volumes", "map without denoising, or average repeats before");
            if (wider && (width <= height || !higher)) width += 2;
            else height += 2;
        }
        return new PatchSize(width, height, depth);
    }

    public override string ToString() => $"{Width}x{Height}x{Depth}";

    private static int Fit(int wanted, int available) => Math.Min(wanted, available - (1 - available % 2));
}
