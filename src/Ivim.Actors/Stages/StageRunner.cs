using System.Text;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Work;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>Runs the stage that an item names, unless the store holds the result of its key.</summary>
public sealed class StageRunner(IArtifactStore store, DossierFolder dossiers, ComputeDevice device) : IStageRunner
{
    public WorkResult Run(WorkItem item, IStageWatch watch, CancellationToken cancellation)
    {
        if (store.FindResult(item.Key) is { } known) return known.Result with { Reused = true };
        var protocol = ProtocolJson.Read(Encoding.UTF8.GetString(store.Read(item.Protocol)));
        var timed = new TimedWatch(watch);
        var result = Stage(new StageContext(item, protocol, store, timed, cancellation));
        store.SaveResult(item, result, watch.Worker, timed.Took);
        store.DropCheckpoint(item.Key);
        return result;
    }

    private WorkResult Stage(StageContext context) => (context.Item.Name, context.Protocol) switch
    {
        ({ Stage: Domain.Work.Stage.Prepare }, _) => new PrepareStage(dossiers).Run(context),
        ({ Stage: Domain.Work.Stage.Start }, _) => new StartStage(device).Run(context),
        ({ IsWeights: true }, { FitsStudy: true }) => StudyFitStage.Run(context),
        ({ IsWeights: true }, _) => new WeightsStage(device).Run(context),
        ({ Stage: Domain.Work.Stage.Train }, { Learns: true }) => new NetworkMapsStage(device).Run(context),
        ({ Stage: Domain.Work.Stage.Train }, { FitsStudy: true }) => StudyFitStage.Cut(context),
        ({ Stage: Domain.Work.Stage.Train }, _) => FitStage.Run(context),
        ({ Stage: Domain.Work.Stage.Merge }, _) => MergeStage.Run(context),
        ({ Stage: Domain.Work.Stage.Polish }, _) => PolishStage.Run(context),
        ({ Stage: Domain.Work.Stage.Assemble }, _) => AssembleStage.Run(context),
        ({ Stage: Domain.Work.Stage.Publish }, _) => new PublishStage(dossiers).Run(context),
        _ => throw new InvalidOperationException($"no stage for {context.Item.Name}"),
    };
}
