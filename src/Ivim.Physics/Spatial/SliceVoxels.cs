namespace Ivim.Physics.Spatial;

/// <summary>The voxels of each slice in the order of the grid, and their pairs.</summary>
internal sealed class SliceVoxels
{
    private readonly VoxelGrid _grid;
    private readonly int[] _voxelAt;   // of a place, −1 where none is

    public SliceVoxels(VoxelGrid grid)
    {
        _grid = grid;
        _voxelAt = new int[grid.Width * grid.Height * grid.Depth];
        Array.Fill(_voxelAt, -1);
        for (int voxel = 0; voxel < grid.Voxels; voxel++) _voxelAt[grid.Places[voxel]] = voxel;
    }

    public int[] Of(int z) =>
        [.. _voxelAt.AsSpan(z * SliceSize, SliceSize).ToArray().Where(voxel => voxel >= 0)];

    /// <summary>Both ends of every pair, as indices into the list of the slice's voxels.</summary>
    public (int[] Left, int[] Right) Pairs(int[] voxels, int radius)
    {
        var indexAt = new int[SliceSize];
        Array.Fill(indexAt, -1);
        for (int i = 0; i < voxels.Length; i++) indexAt[_grid.Places[voxels[i]] % SliceSize] = i;
        var (left, right) = (new List<int>(), new List<int>());
        for (int i = 0; i < voxels.Length; i++)
        {
            int place = _grid.Places[voxels[i]] % SliceSize;
            var (x, y) = (place % _grid.Width, place / _grid.Width);
            for (int dy = 0; dy <= radius; dy++)
            {
                for (int dx = dy == 0 ? 1 : -radius; dx <= radius; dx++)
                {
                    if (x + dx < 0 || x + dx >= _grid.Width || y + dy >= _grid.Height) continue;
                    int partner = indexAt[place + dy * _grid.Width + dx];
                    if (partner < 0) continue;
                    left.Add(i);
                    right.Add(partner);
                }
            }
        }
        return ([.. left], [.. right]);
    }

    private int SliceSize => _grid.Width * _grid.Height;
}
