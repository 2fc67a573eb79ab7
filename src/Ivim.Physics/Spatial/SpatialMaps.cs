namespace Ivim.Physics.Spatial;

/// <summary>Maps of a list of voxels, arrays of length V.</summary>
/// <param name="D">mm²/s.</param>
/// <param name="F">Fraction.</param>
/// <param name="DStar">mm²/s.</param>
/// <param name="S0">Relative to the reference signal that the voxel was divided by.</param>
public sealed record SpatialMaps(float[] D, float[] F, float[] DStar, float[] S0)
{
    public int Voxels => D.Length;

    internal void Check(int voxels)
    {
        foreach (var map in (float[][])[D, F, DStar, S0])
        {
            if (map.Length != voxels) throw new ArgumentException($"a map of {map.Length} values for {voxels} voxels");
            SpatialValues.RequireFinite(map, "a map");
        }
    }
}
