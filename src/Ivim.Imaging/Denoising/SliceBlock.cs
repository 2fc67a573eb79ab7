using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Denoising;

/// <summary>Consecutive slices of a series, all volumes: the whole, or what a slab reads.</summary>
public sealed record SliceBlock
{
    /// <param name="whole">The series that the slices belong to.</param>
    /// <param name="firstSlice">Index in the whole.</param>
    /// <param name="voxels">float32 [volume, z, y, x], scanner units; kept, not copied.</param>
    public SliceBlock(ImageShape whole, int firstSlice, int slices, float[] voxels)
    {
        if (firstSlice < 0 || slices < 1 || firstSlice + slices > whole.Slices
            || voxels.Length != whole.VoxelsPerSlice * slices * whole.Volumes)
            throw new ArgumentException($"no block of {whole}: {slices} slices from {firstSlice}", nameof(voxels));
        (Whole, FirstSlice, Slices, Voxels) = (whole, firstSlice, slices, voxels);
    }

    public ImageShape Whole { get; }

    public int FirstSlice { get; }

    public int LastSlice => FirstSlice + Slices - 1;

    public int Slices { get; }

    /// <summary>float32 [volume, z, y, x].</summary>
    public float[] Voxels { get; }

    public int VoxelsPerVolume => (int)Whole.VoxelsPerSlice * Slices;

    public static SliceBlock Of(NiftiImage image) =>
        new(image.Header.Shape, 0, image.Header.Shape.Slices, image.Voxels);

    /// <summary>float32 [z, y, x] of one volume.</summary>
    public ReadOnlySpan<float> Volume(int index) => Voxels.AsSpan(index * VoxelsPerVolume, VoxelsPerVolume);

    /// <summary>A copy of some of the slices.</summary>
    /// <param name="first">Index in the whole, as <paramref name="last"/>.</param>
    public SliceBlock Cut(int first, int last)
    {
        int perSlice = (int)Whole.VoxelsPerSlice, count = (last - first + 1) * perSlice;
        var part = new float[count * Whole.Volumes];
        for (int volume = 0; volume < Whole.Volumes; volume++)
            Volume(volume).Slice((first - FirstSlice) * perSlice, count).CopyTo(part.AsSpan(volume * count));
        return new SliceBlock(Whole, first, last - first + 1, part);
    }

    /// <summary>Slices that must be at hand to denoise some slices, inclusive: a halo, or the volume's end.</summary>
    public static (int First, int Last) Needed(ImageShape whole, int firstSlice, int lastSlice, PatchSize fitted)
    {
        // At an end of the volume the last whole patch reaches inwards, maybe past the halo.
        int first = Math.Min(firstSlice - fitted.HaloSlices, whole.Slices - fitted.Depth);
        int last = Math.Max(lastSlice + fitted.HaloSlices, fitted.Depth - 1);
        return (Math.Max(0, first), Math.Min(whole.Slices - 1, last));
    }
}
