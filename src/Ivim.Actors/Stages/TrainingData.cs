using Ivim.Domain.Protocols;
using Ivim.Learning;
using Ivim.Learning.Published;
using Ivim.Physics;
using Ivim.Physics.Fits;

namespace Ivim.Actors.Stages;

/// <summary>
/// What a network has to know before it trains: which voxels to learn from, where to start, how noisy they are.
/// </summary>
internal static class TrainingData
{
    /// <summary>
    /// Relative signals outside this range are no tissue: a reference near zero, flow, or motion. A few such voxels
    /// would outweigh all others in a squared loss. 1.5 is where IVIM-NET clips (Kaandorp et al. 2021).
    /// </summary>
    private const float LeastSignal = -0.5f, LargestSignal = 1.5f;

    /// <summary>
    /// Below this share of plausible voxels the limits do not fit the scan, and every voxel is learnt from.
    /// </summary>
    private const double LeastShare = 0.1;

    /// <param name="voxels">The voxels of the slab or of the study's sample.</param>
    public static TrainingSet Of(SignalVoxels voxels, Protocol protocol, CancellationToken cancellation)
    {
        if (protocol.IsPublishedNetwork) return Published(voxels);
        var bounds = ProtocolRecipes.Bounds(protocol);
        var options = ProtocolRecipes.Fit(protocol, cancellation);
        var table = voxels.BValues;
        int[] kept = Plausible(voxels.Signals, table.Count);
        var plausible = Some(voxels.Signals, table.Count, kept);
        var probe = EvenlySpaced(plausible, table.Count, protocol.Training.ProbeVoxels);
        var leastSquares = LeastSquaresFit.Fit(probe, table, bounds, options);
        var start = CanSegment(table, protocol) ? SegmentedFit.Fit(probe, table, bounds, options) : leastSquares;
        double? noise = table.Count > 4
            ? leastSquares.MeanSquaredResidual * table.Count / (table.Count - 4) : null;
        return new TrainingSet(plausible, table)
        {
            Start = new StartingPoint(Median(start.D), Median(start.F), Median(start.DStar), Median(start.S0)),
            ReferenceLoss = noise,
            // A fit without the noise floor cannot say what noise leaves of one with it.
            NoiseVariance = voxels.Sigma.Length == 0 ? noise : null,
            Sigma = voxels.Sigma.Length == 0 ? null : Some(voxels.Sigma, 1, kept),
        };
    }

    /// <summary>They choose their voxels in their own way, and start and stop without looking at a fit.</summary>
    private static TrainingSet Published(SignalVoxels voxels)
    {
        var plausible = IvimNetVoxels.Plausible(voxels.Signals, voxels.BValues);
        bool doTheyFit = plausible.Length >= LeastShare * voxels.Signals.Length;
        return new TrainingSet(doTheyFit ? plausible : voxels.Signals, voxels.BValues);
    }

    /// <summary>
    /// The segmented fit needs b = 0 and two high b-values; without them the start is the least-squares fit's.
    /// </summary>
    private static bool CanSegment(BValueTable b, Protocol protocol) => b.HasZero
        && b.SecondsPerMm2.Count(value => value >= protocol.Segmented.CutoffSecondsPerMm2) >= 2;

    /// <summary>The voxels to learn from.</summary>
    private static int[] Plausible(float[] signals, int b)
    {
        int[] all = [.. Enumerable.Range(0, signals.Length / b)];
        int[] kept =
        [
            .. all.Where(voxel =>
                !signals.AsSpan(voxel * b, b).ContainsAnyExceptInRange(LeastSignal, LargestSignal)),
        ];
        return kept.Length >= LeastShare * all.Length ? kept : all;
    }

    /// <param name="each">Values of a voxel.</param>
    private static float[] Some(float[] values, int each, int[] voxels)
    {
        var some = new float[voxels.Length * each];
        for (int i = 0; i < voxels.Length; i++)
            values.AsSpan(voxels[i] * each, each).CopyTo(some.AsSpan(i * each));
        return some;
    }

    /// <summary>The voxels that the trainer watches its loss on, so that both losses are of the same voxels.</summary>
    private static float[] EvenlySpaced(float[] signals, int b, int wanted)
    {
        int voxels = signals.Length / b, count = Math.Min(voxels, wanted);
        return Some(signals, b, [.. Enumerable.Range(0, count).Select(i => (int)((long)i * voxels / count))]);
    }

    private static double Median(float[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
