using Ivim.Domain.Aggregation;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>Merges the members of a slab: median or mean, spread, outliers left out and counted.</summary>
internal static class MergeStage
{
    private const double ShareOfReading = 0.5;

    public static WorkResult Run(StageContext context)
    {
        var members = new List<SlabMaps>();
        foreach (var input in context.Item.Inputs)
        {
            members.Add(SlabMaps.From(context.Read(input)));
            Look(context, ShareOfReading * members.Count / context.Item.Inputs.Length);
        }
        var (merged, notes) = members.Count == 1 ? (members[0], []) : Merge(context, members);
        return StageContext.Result([context.Put(AggregatePlan.Merged, merged.ToArrays())], notes);
    }

    private static (SlabMaps Merged, string[] Notes) Merge(StageContext context, List<SlabMaps> members)
    {
        var merged = Ensemble.Merge([.. members.Select(member => new MemberMaps(member.Maps, member.Loss))],
            ProtocolRecipes.Bounds(context.Protocol), ProtocolRecipes.Ensemble(context.Protocol),
            share => Look(context, ShareOfReading + (1 - ShareOfReading) * share));
        int dropped = merged.DroppedForLoss + merged.DroppedAsDead;
        string[] notes = dropped == 0 ? [] :
        [
            $"MEMBERS-DROPPED: {dropped} of {members.Count} members are left out of a slab "
            + $"({merged.DroppedForLoss} for their loss, {merged.DroppedAsDead} for a dead output)",
        ];
        var spread = merged.Used.Count > 1 ? merged.Spread : null;
        return (new SlabMaps(merged.Center, spread, double.NaN), notes);
    }

    private static void Look(StageContext context, double fraction)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        context.Watch.Progress(fraction);
    }
}
