using System.Collections.Immutable;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Volumes;

/// <summary>The voxels to be mapped.</summary>
public sealed class VoxelMask
{
    /// <param name="inside">[z, y, x], length = voxels of one volume; kept, not copied.</param>
    /// <exception cref="RefusalException">MASK-EMPTY.</exception>
    public VoxelMask(ImageShape shape, bool[] inside)
    {
        if (inside.Length != shape.VoxelsPerVolume) throw new ArgumentException($"no mask of {shape}", nameof(inside));
        (Shape, Inside) = (shape.OneVolume, inside);
        Voxels = [.. Enumerable.Range(0, inside.Length).Where(i => inside[i])];
        if (Voxels.Length == 0)
            throw new RefusalException("MASK-EMPTY", "no voxel to map", "at least one with a signal",
                "give another mask");
    }

    public ImageShape Shape { get; }

    /// <summary>[z, y, x].</summary>
    public bool[] Inside { get; }

    /// <summary>Indices into [z, y, x], ascending.</summary>
    public ImmutableArray<int> Voxels { get; }

    public int Count => Voxels.Length;

    /// <summary>Voxels of some slices, ascending: what a slab reads.</summary>
    public ImmutableArray<int> VoxelsOf(int firstSlice, int lastSlice) =>
        [.. Voxels.Where(i => i / Shape.VoxelsPerSlice >= firstSlice && i / Shape.VoxelsPerSlice <= lastSlice)];

    /// <summary>1 inside, 0 outside, to be written.</summary>
    public byte[] ToBytes() => Array.ConvertAll(Inside, value => value ? (byte)1 : (byte)0);

    /// <exception cref="RefusalException">MASK-SHAPE.</exception>
    public static void RequireShape(NiftiHeader mask, NiftiHeader series)
    {
        if (mask.Shape != series.Shape.OneVolume)
            throw new RefusalException("MASK-SHAPE", $"a mask of {mask.Shape} voxels", $"{series.Shape.OneVolume}",
                "resample the mask onto the series");
    }

    /// <summary>A mask image: inside is every finite value above 0, whatever the scaling.</summary>
    /// <returns>The mask, and a warning if its affine differs from the series'.</returns>
    /// <exception cref="RefusalException">MASK-SHAPE or MASK-EMPTY.</exception>
    public static (VoxelMask Mask, ImmutableArray<InputWarning> Warnings) From(NiftiImage image, NiftiHeader series)
    {
        RequireShape(image.Header, series);
        bool[] inside = Array.ConvertAll(image.Voxels, value => value > 0 && float.IsFinite(value));
        var mask = new VoxelMask(image.Header.Shape, inside);
        // A hundredth of a voxel: rounding of header fields and of qform against sform stays below, a shift does not.
        double shift = image.Header.Affine.LargestDifference(series.Affine) / series.Affine.LongestEdge;
        return (mask, shift < 0.01 ? [] :
        [
            new("MASK-GEOMETRY", "the mask's affine differs from the series': it is used voxel by voxel all the same"),
        ]);
    }
}
