using Ivim.Physics.Spatial;

namespace Ivim.Physics.Uncertainty;

/// <summary>Means over boxes of voxels; voxels outside the list, and those that are left out, do not count.</summary>
/// <remarks>Sums along x, then y, then z, each in one order: the result does not depend on threads.</remarks>
internal sealed class BoxMean
{
    private readonly VoxelGrid _grid;
    private readonly (int Stride, int Extent, int Radius)[] _axes;
    private readonly bool[] _counts;
    private readonly double[] _weights;

    /// <param name="counts">Which voxels of the list count.</param>
    public BoxMean(VoxelGrid grid, bool[] counts, int inPlane, int slices)
    {
        (_grid, _counts) = (grid, counts);
        _axes =
        [
            (1, grid.Width, inPlane / 2), (grid.Width, grid.Height, inPlane / 2),
            (grid.Width * grid.Height, grid.Depth, slices / 2),
        ];
        _weights = Sums(Array.ConvertAll(counts, count => count ? 1.0 : 0));
    }

    /// <param name="values">One a voxel of the list; those that do not count may be anything.</param>
    /// <returns>0 where no voxel of the box counts.</returns>
    public double[] Of(double[] values)
    {
        var sums = Sums([.. values.Select((value, voxel) => _counts[voxel] ? value : 0)]);
        for (int voxel = 0; voxel < sums.Length; voxel++)
            sums[voxel] = _weights[voxel] > 0 ? sums[voxel] / _weights[voxel] : 0;
        return sums;
    }

    private double[] Sums(double[] values)
    {
        var volume = new double[_grid.Width * _grid.Height * _grid.Depth];
        for (int voxel = 0; voxel < values.Length; voxel++) volume[_grid.Places[voxel]] = values[voxel];
        foreach (var axis in _axes) volume = Along(volume, axis);
        return Array.ConvertAll(_grid.Places, place => volume[place]);
    }

    private static double[] Along(double[] volume, (int Stride, int Extent, int Radius) axis)
    {
        var (stride, extent, radius) = axis;
        var sums = new double[volume.Length];
        for (int place = 0; place < volume.Length; place++)
        {
            int at = place / stride % extent;
            int first = Math.Max(-radius, -at), last = Math.Min(radius, extent - 1 - at);
            for (int step = first; step <= last; step++) sums[place] += volume[place + step * stride];
        }
        return sums;
    }
}
