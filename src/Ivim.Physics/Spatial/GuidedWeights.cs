using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Spatial;

/// <summary>
/// w_ij / distance_ij of all pairs, w_ij = exp(−|g_i − g_j|² / 2τ²) with guides g in units of their noise.
/// </summary>
internal static class GuidedWeights
{
    /// <returns>[pair offsets, padded]: the weight between a position and its neighbour at the offset.</returns>
    public static float[][] Between(
        PaddedGrid grid, PairOffset[] pairs, PolishInput input, PolishScales scales, PolishOptions options)
    {
        var guides = Guides.Spread(input, grid, options);
        var all = scales.All;
        if (all.Length != guides.Length)
            throw new ArgumentException($"{all.Length} scales for {guides.Length} guides", nameof(scales));
        double[] shares = [options.GuideShare.D, options.GuideShare.F, options.GuideShare.DStar];
        for (int guide = 0; guide < guides.Length; guide++)
        {
            double share = guide < shares.Length ? shares[guide] : 1;
            double perUnit = share / (all[guide] * Math.Sqrt(2));
            for (int i = 0; i < grid.Count; i++) guides[guide][i] = (float)(guides[guide][i] * perUnit);
        }
        var weights = new float[pairs.Length][];
        var threads = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.DegreeOfParallelism, CancellationToken = options.Cancellation,
        };
        Parallel.For(0, pairs.Length, threads, pair =>
            weights[pair] = Of(pairs[pair], grid, guides, 1 / (2 * options.GuideWidth * options.GuideWidth)));
        return weights;
    }

    private static float[] Of(PairOffset pair, PaddedGrid grid, float[][] guides, double perSquare)
    {
        var weights = new float[grid.Count];
        for (int z = 0; z < grid.Depth; z++)
        {
            for (int y = 0; y < grid.Height; y++)
            {
                int row = grid.Position(0, y, z);
                for (int x = 0; x < grid.GroupsPerRow * PaddedGrid.Lanes; x += Vector128<float>.Count)
                    Fill(weights, row + x, pair, grid, guides, perSquare);
            }
        }
        return weights;
    }

    private static void Fill(
        float[] weights, int at, PairOffset pair, PaddedGrid grid, float[][] guides, double perSquare)
    {
        var inside = Vector128.Create(grid.Inside, at) * Vector128.Create(grid.Inside, at + pair.Offset);
        if (Vector128.EqualsAll(inside, Vector128<float>.Zero)) return;
        var square = Vector128<float>.Zero;
        foreach (var guide in guides)
        {
            var difference = Vector128.Create(guide, at) - Vector128.Create(guide, at + pair.Offset);
            square = Vector128.FusedMultiplyAdd(difference, difference, square);
        }
        var weight = VectorExponential.Exp(-SingleLanes.Wide(square) * perSquare) / pair.Distance;
        (inside * SingleLanes.Narrow(weight)).CopyTo(weights, at);
    }
}
