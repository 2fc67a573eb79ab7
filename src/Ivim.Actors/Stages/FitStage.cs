using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;
using Ivim.Physics.Fits;

namespace Ivim.Actors.Stages;

/// <summary>Fits the voxels of a slab classically: the one member of `nlls` and `segmented`.</summary>
internal static class FitStage
{
    public static WorkResult Run(StageContext context)
    {
        var slab = SignalVoxels.From(context.Read("slab"));
        var bounds = ProtocolRecipes.Bounds(context.Protocol);
        var options = ProtocolRecipes.Fit(context.Protocol, context.Cancellation) with
        {
            Progress = context.Watch.Progress,
        };
        var fit = context.Protocol.Method switch
        {
            Methods.LeastSquares => LeastSquaresFit.Fit(slab.CoreSignals, slab.BValues, bounds, options),
            Methods.Segmented => SegmentedFit.Fit(slab.CoreSignals, slab.BValues, bounds, options),
            var other => throw new InvalidOperationException($"{other} is not a classical fit"),
        };
        var maps = new SlabMaps(
            new ParameterMaps(fit.D, fit.F, fit.DStar, fit.S0, fit.Rmse),
            new ParameterMaps(fit.StdD, fit.StdF, fit.StdDStar, fit.StdS0, new float[fit.Voxels]),
            double.NaN);
        return StageContext.Result([context.Put(StudyPlan.Maps, maps.ToArrays())]);
    }
}
