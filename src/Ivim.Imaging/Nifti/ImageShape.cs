namespace Ivim.Imaging.Nifti;

/// <summary>Voxels along x, y, z and the number of volumes; x runs fastest in memory.</summary>
public readonly record struct ImageShape(int Width, int Height, int Slices, int Volumes)
{
    public long VoxelsPerSlice => (long)Width * Height;

    public long VoxelsPerVolume => VoxelsPerSlice * Slices;

    public long Voxels => VoxelsPerVolume * Volumes;

    public ImageShape OneVolume => this with { Volumes = 1 };

    public override string ToString() =>
        Volumes == 1 ? $"{Width}x{Height}x{Slices}" : $"{Width}x{Height}x{Slices}x{Volumes}";
}
