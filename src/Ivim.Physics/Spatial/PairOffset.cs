namespace Ivim.Physics.Spatial;

/// <summary>One half of a voxel's neighbours; the other half sees the voxel from the other side.</summary>
/// <param name="Offset">To the neighbour, in the padded grid.</param>
/// <param name="AlongRow">Steps along x where the neighbour lies in the same row, else 0.</param>
/// <param name="Distance">In units of the distance of two voxels in plane.</param>
internal readonly record struct PairOffset(int Offset, int AlongRow, double Distance)
{
    public static PairOffset[] Half(PaddedGrid grid, int inPlane, int across)
    {
        var pairs = new List<PairOffset>();
        for (int z = 0; z <= across; z++)
        {
            for (int y = z == 0 ? 0 : -inPlane; y <= inPlane; y++)
            {
                for (int x = z == 0 && y == 0 ? 1 : -inPlane; x <= inPlane; x++)
                {
                    double up = z * grid.SliceSpacing;
                    pairs.Add(new PairOffset(
                        grid.Offset(x, y, z), z == 0 && y == 0 ? x : 0, Math.Sqrt(x * x + y * y + up * up)));
                }
            }
        }
        return [.. pairs];
    }
}
