using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Tests.Fits;

/// <summary>The deepest minimum that many random starts reach.</summary>
internal static class RandomStarts
{
    public static double[] LowestMeanSquares(SignalBlock block, BValueTable table, int starts)
    {
        var solver = new LevenbergMarquardt(WeightedTable.All(table), ParameterBounds.Default);
        var pool = new DescentPool(block, starts);
        var stream = new RandomStream(99);
        ulong draw = 0;
        Vector256<double> Inside() => Vector256.Create(stream.Uniform(draw++, 0.02, 0.98));
        for (int start = 0; start < starts; start++)
        {
            for (int lane = 0; lane < block.Voxels; lane += SignalBlock.Lanes)
                pool.Start(start, lane, new FourVectors(Inside(), Inside(), Inside(), Inside()));
        }
        pool.Run(solver);
        var lowest = new double[block.Voxels];
        var y = new Vector256<double>[table.Count];
        for (int lane = 0; lane < block.Voxels; lane += SignalBlock.Lanes)
        {
            for (int i = 0; i < y.Length; i++) y[i] = block.Load(i, lane);
            solver.At(pool.Best(lane), y).Cost.CopyTo(lowest, lane);
        }
        return lowest;
    }
}
