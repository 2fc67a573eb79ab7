using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;
using Ivim.Learning.Start;

namespace Ivim.Actors.Stages;

/// <summary>
/// Trains one member on simulated signals of a b-value table: the first weights of every study with that table.
/// </summary>
internal sealed class StartStage(ComputeDevice device)
{
    /// <summary>The part of the seed that stands for no study; the whole study has the last number.</summary>
    private const ulong NoStudy = ulong.MaxValue - 1;

    public WorkResult Run(StageContext context)
    {
        var table = BValueArrays.From(context.Read(StudyPlan.BValues));
        var seed = new MemberSeed(context.Protocol.Seed, NoStudy, (ulong)context.Item.Name.Member);
        var member = new MemberTraining(device, context).Train(new StartRecipe().Draw(table, seed.Signals),
            StartRecipe.Training(context.Protocol.Training.StartSteps), seed, warmStart: null);
        return StageContext.Result([context.Put(StudyPlan.Weights, member.ToArrays())]);
    }

    /// <summary>The start that an item trains from; null where the protocol has none.</summary>
    public static NamedArrays? Of(StageContext context) =>
        context.Protocol.TrainsStart ? context.Read(StudyPlan.Start) : null;
}
