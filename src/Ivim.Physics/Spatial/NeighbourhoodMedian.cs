namespace Ivim.Physics.Spatial;

/// <summary>The median over the neighbourhood of the polish, which a vessel in it hardly moves.</summary>
internal static class NeighbourhoodMedian
{
    /// <param name="values">One a voxel of the grid.</param>
    /// <returns>Length V.</returns>
    public static float[] Of(float[] values, VoxelGrid grid, PolishOptions options)
    {
        var padded = new PaddedGrid(grid, options.RadiusInPlane, options.RadiusAcross);
        var spread = padded.Spread(voxel => values[voxel]);
        var offsets = Offsets(padded, options);
        var medians = new float[values.Length];
        var threads = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.DegreeOfParallelism, CancellationToken = options.Cancellation,
        };
        Parallel.For(0, values.Length, threads, voxel =>
        {
            Span<float> near = stackalloc float[offsets.Length];
            int count = 0, place = padded.Places[voxel];
            foreach (int offset in offsets)
                if (padded.Inside[place + offset] > 0) near[count++] = spread[place + offset];
            near[..count].Sort();
            medians[voxel] = near[count / 2];
        });
        return medians;
    }

    private static int[] Offsets(PaddedGrid grid, PolishOptions options)
    {
        int inPlane = options.RadiusInPlane, across = options.RadiusAcross, side = 2 * inPlane + 1;
        return
        [
            .. Enumerable.Range(0, side * side * (2 * across + 1)).Select(i =>
                grid.Offset(i % side - inPlane, i / side % side - inPlane, i / side / side - across)),
        ];
    }
}
