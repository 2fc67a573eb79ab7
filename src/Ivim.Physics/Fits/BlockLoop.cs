namespace Ivim.Physics.Fits;

/// <summary>
/// Runs a fit over fixed blocks of voxels on several threads; which thread takes a block changes nothing.
/// </summary>
internal static class BlockLoop
{
    /// <param name="fitBlock">Writes its voxels of the result, and no others.</param>
    public static FitResult Run(ReadOnlyMemory<float> signals, BValueTable table, ParameterBounds bounds,
        FitOptions options, Action<SignalBlock, FitResult> fitBlock)
    {
        int voxels = FitRequirements.Voxels(signals, table);
        var result = new FitResult(voxels);
        int blocks = (voxels + SignalBlock.Capacity - 1) / SignalBlock.Capacity;
        var unfitted = new int[blocks];
        int done = 0;
        var threads = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.DegreeOfParallelism,
            CancellationToken = options.Cancellation,
        };
        Parallel.For(0, blocks, threads, index =>
        {
            int first = index * SignalBlock.Capacity;
            var block = new SignalBlock(signals, table.Count, first, Math.Min(SignalBlock.Capacity, voxels - first));
            fitBlock(block, result);
            unfitted[index] = ClearUnfitted(block, result);
            options.Progress?.Invoke((double)Interlocked.Increment(ref done) / blocks);
        });
        result.Unfitted = unfitted.Sum();
        Summarise(result, bounds);
        return result;
    }

    private static int ClearUnfitted(SignalBlock block, FitResult result)
    {
        int unfitted = 0;
        for (int lane = 0; lane < block.Voxels; lane++)
        {
            if (block.IsFitted(lane)) continue;
            unfitted++;
            int voxel = block.FirstVoxel + lane;
            result.D[voxel] = result.F[voxel] = result.DStar[voxel] = result.S0[voxel] = result.Rmse[voxel] = 0;
            result.StdD[voxel] = result.StdF[voxel] = result.StdDStar[voxel] = result.StdS0[voxel] = 0;
        }
        return unfitted;
    }

    private static void Summarise(FitResult result, ParameterBounds bounds)
    {
        int d = 0, f = 0, dStar = 0, s0 = 0, fitted = 0;
        double squares = 0;
        for (int voxel = 0; voxel < result.Voxels; voxel++)
        {
            if (result.S0[voxel] == 0) continue;   // unfitted: the lower bound of S0 is above 0
            fitted++;
            squares += (double)result.Rmse[voxel] * result.Rmse[voxel];
            if (IsAt(result.D[voxel], bounds.D)) d++;
            if (IsAt(result.F[voxel], bounds.F)) f++;
            if (IsAt(result.DStar[voxel], bounds.DStar)) dStar++;
            if (IsAt(result.S0[voxel], bounds.S0)) s0++;
        }
        result.AtBounds = new BoundCounts(d, f, dStar, s0);
        result.MeanSquaredResidual = fitted == 0 ? 0 : squares / fitted;
    }

    private static bool IsAt(float value, Bounds bounds) =>
        value == (float)bounds.Lower || value == (float)bounds.Upper;
}
