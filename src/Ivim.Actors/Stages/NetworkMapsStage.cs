using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>
/// One member's maps of a slab: weights of the study applied, fine-tuned first, or trained on the slab alone.
/// </summary>
internal sealed class NetworkMapsStage(ComputeDevice device)
{
    public WorkResult Run(StageContext context)
    {
        var slab = SignalVoxels.From(context.Read("slab"));
        if (slab.CoreCount == 0)
            return Result(context, new SlabMaps(ParameterMaps.OfVoxels(0), null, double.NaN), []);
        var warmStart = context.Protocol.TrainsStudy ? context.Read(StudyPlan.Weights) : StartStage.Of(context);
        int steps = ItemRecipes.SlabSteps(context.Protocol);
        var name = context.Item.Name;
        var seed = new MemberSeed(context.Protocol.Seed, (ulong)name.Slab, (ulong)name.Member);
        var member = steps > 0
            ? new MemberTraining(device, context).Train(slab, seed, steps, warmStart)
            : TrainedMember.From(warmStart!);
        var maps = new Inference(device).Map(member, ProtocolRecipes.Network(context.Protocol),
            ProtocolRecipes.Bounds(context.Protocol), slab.BValues, slab.CoreSignals, context.Cancellation);
        var notes = steps > 0 && member.UnderFit
            ? new[] { $"UNDER-FIT: member {name.Member} ended above the least-squares residual of slab {name.Slab}" }
            : [];
        return Result(context, new SlabMaps(maps, null, member.Loss), notes);
    }

    private static WorkResult Result(StageContext context, SlabMaps maps, string[] notes) =>
        StageContext.Result([context.Put(StudyPlan.Maps, maps.ToArrays())], notes);
}
