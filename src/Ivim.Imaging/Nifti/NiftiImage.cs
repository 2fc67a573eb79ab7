namespace Ivim.Imaging.Nifti;

/// <summary>A whole image in memory.</summary>
/// <param name="Voxels">float32 [volume, z, y, x], slope and intercept applied, length = header's voxels.</param>
public sealed record NiftiImage(NiftiHeader Header, float[] Voxels)
{
    /// <summary>float32 [z, y, x] of one volume.</summary>
    public ReadOnlySpan<float> Volume(int index)
    {
        int length = (int)Header.Shape.VoxelsPerVolume;
        return Voxels.AsSpan(index * length, length);
    }
}
