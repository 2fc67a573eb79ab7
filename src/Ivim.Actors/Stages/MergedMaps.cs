using Ivim.Domain.Studies;
using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>The merged slabs of a study, put together.</summary>
internal static class MergedMaps
{
    /// <returns>Over the mask's voxels in order.</returns>
    public static ParameterMaps Of(StageContext context, StudyFrame frame) => Of(frame,
        frame.Slabs.Select(slab => SlabMaps.From(context.Read(StudyPlan.SlabName(slab.Index))).Maps));

    /// <param name="slabs">Maps, or their spread, in the order of the slabs.</param>
    public static ParameterMaps Of(StudyFrame frame, IEnumerable<ParameterMaps> slabs)
    {
        var (whole, from) = (ParameterMaps.OfVoxels(frame.Voxels.Length), 0);
        foreach (var part in slabs)
        {
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
