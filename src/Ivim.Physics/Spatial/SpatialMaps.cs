namespace Ivim.Physics.Spatial;

/// <summary>Maps of a list of voxels, arrays of length V.</summary>
/// <param name="D">mm²/s.</param>
/// <param name="F">Fraction.</param>
/// <param name="DStar">mm²/s.</param>
/// <param name="S0">Relative to the reference signal that the voxel was divided by.</param>
public sealed record SpatialMaps(float[] D, float[] F, float[] DStar, float[] S0)
{
    public int Voxels => D.Length;

    internal SpatialMaps Check(int voxels)
    {
        if (D.Length == voxels && F.Length == voxels && DStar.Length == voxels && S0.Length == voxels) return this;
        throw new ArgumentException($"maps of other lengths than {voxels} voxels");
    }
}
