using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>
/// Fits all voxels of a study together, because each is a prior for the others; the slabs are cut out of that.
/// </summary>
internal static class StudyFitStage
{
    public static WorkResult Run(StageContext context)
    {
        var study = SignalVoxels.From(context.Read(StudyPlan.Sample));
        var (maps, notes) = context.Protocol.Method == Methods.MarkovField
            ? MarkovFit.Run(context, study) : BayesFit.Run(context, study);
        return StageContext.Result([context.Put(StudyPlan.Weights, maps.ToArrays())], notes);
    }

    /// <summary>The part of the fit that a slab owns.</summary>
    public static WorkResult Cut(StageContext context)
    {
        var slab = SignalVoxels.From(context.Read("slab"));
        var whole = SlabMaps.From(context.Read(StudyPlan.Weights));
        var range = slab.FirstInStudy..(slab.FirstInStudy + slab.CoreCount);
        var maps = new SlabMaps(
            Part(whole.Maps, range), whole.Spread is { } spread ? Part(spread, range) : null, double.NaN);
        return StageContext.Result([context.Put(StudyPlan.Maps, maps.ToArrays())]);
    }

    private static ParameterMaps Part(ParameterMaps maps, Range range) =>
        new(maps.D[range], maps.F[range], maps.DStar[range], maps.S0[range], maps.Rmse[range]);
}
