using Ivim.Domain.Protocols;
using Ivim.Learning;
using Ivim.Physics.Spatial;
using Ivim.Physics.Uncertainty;

namespace Ivim.Actors.Stages;

/// <summary>The standard deviations that are published: propagated noise and misfit, and spread, in squares.</summary>
internal static class MapErrors
{
    /// <param name="maps">Of all voxels of the mask.</param>
    /// <param name="spread">Over networks, or of the posterior; null where there is none.</param>
    public static ParameterMaps Of(StageContext context, StudyFrame frame, UncertaintySignals signals,
        ParameterMaps maps, ParameterMaps? spread)
    {
        if (!Propagates(context.Protocol)) return spread!;
        var errors = Propagated(context, frame, signals, maps, share: 1);
        return spread is null ? errors : new ParameterMaps(Sum(errors.D, spread.D), Sum(errors.F, spread.F),
            Sum(errors.DStar, spread.DStar), Sum(errors.S0, spread.S0), errors.Rmse);
    }

    public static ParameterMaps OfPolished(
        StageContext context, StudyFrame frame, UncertaintySignals signals, ParameterMaps maps) =>
        Propagated(context, frame, signals, maps, context.Protocol.Uncertainty.PolishedShare);

    /// <summary>The posterior of raw signals has their noise in it.</summary>
    public static bool Propagates(Protocol protocol) => protocol.Denoises || !SamplesPosterior(protocol);

    /// <summary>A fit's own standard errors are the propagated ones with less known of the noise.</summary>
    public static bool AddsSpread(Protocol protocol) => protocol.Learns || SamplesPosterior(protocol);

    private static bool SamplesPosterior(Protocol protocol) =>
        protocol.FitsStudy && protocol.Method != Methods.MarkovField;

    private static ParameterMaps Propagated(StageContext context, StudyFrame frame, UncertaintySignals signals,
        ParameterMaps maps, double share)
    {
        var rules = context.Protocol.Uncertainty;
        var errors = ErrorPropagation.Of(
            new UncertaintyInput
            {
                Maps = new SpatialMaps(maps.D, maps.F, maps.DStar, maps.S0),
                Grid = new VoxelGrid(frame.Shape.Width, frame.Shape.Height, frame.Shape.Slices,
                    Array.ConvertAll(frame.Voxels, voxel => (int)voxel)),
                Table = frame.BValues,
                Signals = signals.Signals,
                Noise = signals.Noise,
            },
            new UncertaintyOptions
            {
                WindowInPlane = rules.WindowInPlane,
                WindowSlices = rules.WindowSlices,
                NoiseShare = share,
                Bounds = ProtocolRecipes.Bounds(context.Protocol),
                Cancellation = context.Cancellation,
            });
        return new ParameterMaps(errors.D, errors.F, errors.DStar, errors.S0, new float[maps.Voxels]);
    }

    /// <summary>√(a² + b²); a spread that is not known counts as none.</summary>
    private static float[] Sum(float[] one, float[] other) =>
    [
        .. one.Zip(other, (a, b) => float.IsNaN(b) ? a : (float)Math.Sqrt((double)a * a + (double)b * b)),
    ];
}
