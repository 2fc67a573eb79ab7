using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;
using Ivim.Physics.Spatial;

namespace Ivim.Actors.Stages;

/// <summary>
/// Polishes the merged maps of a whole study: seconds of work, and exact, where slabs with a halo would be near.
/// </summary>
internal static class PolishStage
{
    private const string Noise = "polish/noise";

    public static WorkResult Run(StageContext context)
    {
        var arrays = context.Read(StudyPlan.Frame);
        var frame = StudyFrame.From(arrays);
        var signals = PolishSignals.From(arrays);
        var maps = MergedMaps.Of(context, frame);
        int[] usable = Usable(maps, signals, frame.BValues.Count);
        if (usable.Length == 0) return Result(context, maps, double.NaN);
        var ranges = new SpatialBounds { Ranges = ProtocolRecipes.Bounds(context.Protocol) };
        var options = ProtocolRecipes.Polish(context.Protocol, ranges,
            share => context.Watch.Progress(0.5 + share / 2), context.Cancellation);
        var grid = Grid(frame, usable);
        float[] sigma = At(signals.Sigma, usable);
        var start = new SpatialMaps(
            At(maps.D, usable), At(maps.F, usable), At(maps.DStar, usable), At(maps.S0, usable));
        if (context.Protocol.WeighsStart)
        {
            var fitted = Fitted(frame, usable, UncertaintySignals.From(arrays).Signals);
            start = WeighedStart.Between(
                start, Field(context, fitted), grid, fitted.Signals, frame.BValues, sigma, options);
        }
        var result = GuidedPolish.Run(
            new PolishInput
            {
                Grid = grid,
                Table = frame.BValues,
                Signals = At(signals.Signals, usable, frame.BValues.Count),
                Sigma = sigma,
                Scores = At(signals.Scores, usable, signals.Components),
                Components = signals.Components,
                IndependentShare = signals.IndependentShare,
                Prior = ParameterPrior.Measure(start, ranges),
                Start = start,
            },
            options);
        var polished = result.Maps;
        for (int i = 0; i < usable.Length; i++)
        {
            (maps.D[usable[i]], maps.F[usable[i]]) = (polished.D[i], polished.F[i]);
            (maps.DStar[usable[i]], maps.S0[usable[i]]) = (polished.DStar[i], polished.S0[i]);
        }
        return Result(context, maps, result.EffectiveNoise);
    }

    /// <summary>Noise of the denoised signals as a share of the raw ones' that the polish worked with.</summary>
    public static double NoiseOf(NamedArrays polished) => polished.Doubles(Noise)[0];

    private static WorkResult Result(StageContext context, ParameterMaps maps, double noise)
    {
        var arrays = new SlabMaps(maps, null, double.NaN).ToArrays();
        return StageContext.Result([context.Put(AggregatePlan.Polished,
            new NamedArrays([.. arrays.Items, new NamedArray(Noise, new[] { noise }, 1)]))]);
    }

    /// <summary>Voxels that no method could fit keep what they have.</summary>
    private static int[] Usable(ParameterMaps maps, PolishSignals signals, int b) =>
    [
        .. Enumerable.Range(0, maps.Voxels).Where(voxel => maps.S0[voxel] > 0
            && float.IsFinite(maps.D[voxel] + maps.F[voxel] + maps.DStar[voxel] + maps.S0[voxel])
            && !signals.Signals.AsSpan(voxel * b, b).ContainsAnyExceptInRange(float.MinValue, float.MaxValue)),
    ];

    private static SpatialMaps Field(StageContext context, SignalVoxels fitted)
    {
        var (maps, _) = MarkovFit.Solve(context.Protocol, fitted,
            share => context.Watch.Progress(share / 2), context.Cancellation);
        return new SpatialMaps(maps.D, maps.F, maps.DStar, maps.S0);
    }

    /// <summary>The signals that the maps were made from, with the places of their voxels.</summary>
    private static SignalVoxels Fitted(StudyFrame frame, int[] usable, float[] signals)
    {
        long width = frame.Shape.Width, slice = width * frame.Shape.Height;
        var positions = new long[3 * usable.Length];
        for (int i = 0; i < usable.Length; i++)
        {
            long voxel = frame.Voxels[usable[i]];
            (positions[3 * i], positions[3 * i + 1]) = (voxel % width, voxel % slice / width);
            positions[3 * i + 2] = voxel / slice;
        }
        return new SignalVoxels(frame.BValues, At(signals, usable, frame.BValues.Count), 0, usable.Length)
        {
            Positions = positions,
        };
    }

    private static VoxelGrid Grid(StudyFrame frame, int[] usable)
    {
        var (x, y, z) = (frame.Header.PixDim(1), frame.Header.PixDim(2), frame.Header.PixDim(3));
        double spacing = z / Math.Sqrt(x * y);
        // A header without sizes says nothing about slices: they are then as far apart as voxels.
        return new VoxelGrid(frame.Shape.Width, frame.Shape.Height, frame.Shape.Slices,
            [.. usable.Select(i => (int)frame.Voxels[i])],
            sliceSpacing: spacing > 0 && double.IsFinite(spacing) ? spacing : 1);
    }

    private static float[] At(float[] values, int[] voxels, int each = 1)
    {
        var chosen = new float[voxels.Length * each];
        for (int i = 0; i < voxels.Length; i++)
            values.AsSpan(voxels[i] * each, each).CopyTo(chosen.AsSpan(i * each));
        return chosen;
    }
}
