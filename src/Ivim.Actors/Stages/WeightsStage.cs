using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>Trains one member on the sample of the study.</summary>
internal sealed class WeightsStage(ComputeDevice device)
{
    /// <summary>The part of the seed that stands for the whole study; slabs have their number.</summary>
    private const ulong WholeStudy = ulong.MaxValue;

    public WorkResult Run(StageContext context)
    {
        var sample = SignalVoxels.From(context.Read(StudyPlan.Sample));
        var seed = new MemberSeed(context.Protocol.Seed, WholeStudy, (ulong)context.Item.Name.Member);
        var member = new MemberTraining(device, context)
            .Train(sample, seed, context.Protocol.Training.Steps, StartStage.Of(context));
        var notes = member.UnderFit
            ? new[] { $"UNDER-FIT: member {context.Item.Name.Member} ended above the least-squares residual" } : [];
        return StageContext.Result([context.Put(StudyPlan.Weights, member.ToArrays())], notes);
    }
}
