using System.Diagnostics;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Work;
using Ivim.Learning;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>
/// A training that writes a checkpoint now and then and resumes from the last one, with the same bits.
/// </summary>
internal sealed class MemberTraining(ComputeDevice device, StageContext context)
{
    /// <summary>A crash costs at most so much work.</summary>
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(1);

    private const int LookEverySteps = 5;

    public TrainedMember Train(SignalVoxels voxels, MemberSeed seed, int steps, NamedArrays? warmStart) => Train(
        TrainingData.Of(voxels, context.Protocol, context.Cancellation),
        ProtocolRecipes.Training(context.Protocol, steps), seed, warmStart);

    public TrainedMember Train(TrainingSet data, TrainingRecipe recipe, MemberSeed seed, NamedArrays? warmStart)
    {
        var sinceCheckpoint = Stopwatch.StartNew();
        var resume = Checkpoint();
        int first = resume?.Step ?? 0, reached = first;
        if (resume is not null) context.Watch.Resumed(first);
        var watch = new TrainingWatch
        {
            EverySteps = LookEverySteps,
            Look = progress =>
            {
                TestHooks.Look();
                reached = progress.Step;
                context.Watch.Progress((double)progress.Step / progress.Steps);
                return sinceCheckpoint.Elapsed > CheckpointInterval;
            },
            Keep = state =>
            {
                context.Store.SaveCheckpoint(context.Item.Key, state.Step, ArrayFile.Write(state.ToArrays()));
                reached = state.Step;
                context.Watch.Checkpointed(reached);
                sinceCheckpoint.Restart();
            },
        };
        try
        {
            var member = new Trainer(device).Train(
                data, ProtocolRecipes.Network(context.Protocol), recipe, ProtocolRecipes.Bounds(context.Protocol), seed,
                resume, warmStart, watch, context.Cancellation);
            reached = member.Steps;
            return member;
        }
        finally
        {
            context.Watch.Trained(reached - first);
        }
    }

    /// <summary>
    /// A checkpoint that cannot be read is no checkpoint: the training begins again, with the same end.
    /// </summary>
    private TrainingState? Checkpoint()
    {
        if (context.Store.FindCheckpoint(context.Item.Key) is not { } bytes) return null;
        try
        {
            return TrainingState.From(ArrayFile.Read(bytes).Arrays);
        }
        catch (Exception e) when (e is InvalidDataException or RefusalException)
        {
            return null;
        }
    }
}
