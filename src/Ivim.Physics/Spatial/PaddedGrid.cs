namespace Ivim.Physics.Spatial;

/// <summary>
/// A dense copy of the grid with a margin as wide as the neighbourhood, so that eight voxels of a row and their
/// neighbours are always whole vectors.
/// </summary>
internal sealed class PaddedGrid
{
    public const int Lanes = 8;

    private readonly int _inPlane, _across, _stride, _rows;

    public PaddedGrid(VoxelGrid grid, int inPlane, int across)
    {
        (_inPlane, _across) = (inPlane, across);
        (Height, Depth, FirstSlice, SliceSpacing) = (grid.Height, grid.Depth, grid.FirstSlice, grid.SliceSpacing);
        GroupsPerRow = (grid.Width + Lanes - 1) / Lanes;
        _stride = 2 * inPlane + GroupsPerRow * Lanes;
        _rows = Height + 2 * inPlane;
        Count = _stride * _rows * (Depth + 2 * across);
        Places = [.. grid.Places.Select(place =>
            Position(place % grid.Width, place / grid.Width % grid.Height, place / grid.Width / grid.Height))];
        Inside = new float[Count];
        foreach (int place in Places) Inside[place] = 1;
    }

    public int Height { get; }

    public int Depth { get; }

    public int FirstSlice { get; }

    public double SliceSpacing { get; }

    /// <summary>Vectors of a row.</summary>
    public int GroupsPerRow { get; }

    /// <summary>Length of a padded array.</summary>
    public int Count { get; }

    /// <summary>Padded position of every voxel of the list.</summary>
    public int[] Places { get; }

    /// <summary>1 where a voxel of the list lies, 0 elsewhere.</summary>
    public float[] Inside { get; }

    public int Position(int x, int y, int z) => ((z + _across) * _rows + y + _inPlane) * _stride + x + _inPlane;

    public int Offset(int x, int y, int z) => (z * _rows + y) * _stride + x;

    public float[] Spread(Func<int, double> value)
    {
        var padded = new float[Count];
        for (int voxel = 0; voxel < Places.Length; voxel++) padded[Places[voxel]] = (float)value(voxel);
        return padded;
    }
}
