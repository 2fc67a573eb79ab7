using Ivim.Domain.Studies;
using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>The merged slabs of a study, put together.</summary>
internal static class MergedMaps
{
    /// <returns>Over the mask's voxels in order.</returns>
    public static ParameterMaps Of(StageContext context, StudyFrame frame)
    {
        var (whole, from) = (ParameterMaps.OfVoxels(frame.Voxels.Length), 0);
        foreach (var slab in frame.Slabs)
        {
            var part = SlabMaps.From(context.Read(StudyPlan.SlabName(slab.Index))).Maps;
            part.D.CopyTo(whole.D, from);
            part.F.CopyTo(whole.F, from);
            part.DStar.CopyTo(whole.DStar, from);
            part.S0.CopyTo(whole.S0, from);
            part.Rmse.CopyTo(whole.Rmse, from);
            from += part.Voxels;
        }
        return whole;
    }
}
