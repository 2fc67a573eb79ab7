using Ivim.Domain.Protocols;
using Ivim.Learning;
using Ivim.Physics;
using Ivim.Physics.Fits;

namespace Ivim.Actors.Stages;

/// <summary>What a network has to know before it trains: where to start, and how small the residual can get.</summary>
internal static class TrainingData
{
    /// <summary>Classical fits of so many voxels, evenly spaced, are enough for medians and a mean.</summary>
    private const int FittedVoxels = 4096;

    public static TrainingSet Of(SignalVoxels voxels, Protocol protocol, CancellationToken cancellation)
    {
        var bounds = ProtocolRecipes.Bounds(protocol);
        var options = ProtocolRecipes.Fit(protocol, cancellation);
        var some = EvenlySpaced(voxels);
        var leastSquares = LeastSquaresFit.Fit(some, voxels.BValues, bounds, options);
        var start = CanSegment(voxels.BValues, protocol)
            ? SegmentedFit.Fit(some, voxels.BValues, bounds, options)
            : leastSquares;
        int b = voxels.BValues.Count;
        return new TrainingSet(voxels.Signals, voxels.BValues)
        {
            Start = new StartingPoint(Median(start.D), Median(start.F), Median(start.DStar), Median(start.S0)),
            ReferenceLoss = b > 4 ? leastSquares.MeanSquaredResidual * b / (b - 4) : null,
        };
    }

    /// <summary>
    /// The segmented fit needs b = 0 and two high b-values; without them the start is the least-squares fit's.
    /// </summary>
    private static bool CanSegment(BValueTable b, Protocol protocol) => b.HasZero
        && b.SecondsPerMm2.Count(value => value >= protocol.Segmented.CutoffSecondsPerMm2) >= 2;

    private static float[] EvenlySpaced(SignalVoxels voxels)
    {
        int b = voxels.BValues.Count, count = Math.Min(voxels.Count, FittedVoxels);
        var some = new float[count * b];
        for (int i = 0; i < count; i++)
        {
            int voxel = (int)((long)i * voxels.Count / count);
            voxels.Signals.AsSpan(voxel * b, b).CopyTo(some.AsSpan(i * b));
        }
        return some;
    }

    private static double Median(float[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
