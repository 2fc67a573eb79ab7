using Ivim.Physics;

namespace Ivim.Learning;

/// <summary>Trains one member, on the calling thread and one Torch thread, whatever else runs beside it.</summary>
public sealed class Trainer(ComputeDevice device)
{
    /// <param name="resume">Where the same training was interrupted, or null to begin.</param>
    /// <param name="warmStart">
    /// Another member's arrays (<see cref="TrainedMember.ToArrays"/>): its weights are the first weights and its
    /// conditioning is kept. Null to draw the first weights from the seed.
    /// </param>
    /// <exception cref="RefusalException">A recipe, a warm start or a state that does not fit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two steps; the watch has the state.</exception>
    public TrainedMember Train(TrainingSet data, NetworkFamily network, TrainingRecipe recipe, ParameterBounds bounds,
        MemberSeed seed, TrainingState? resume, NamedArrays? warmStart, TrainingWatch watch,
        CancellationToken cancellation)
    {
        network.Check();
        recipe.Check();
        using var oneThread = ComputeDevice.BindThread();
        using var run = new TrainingRun(data, network, recipe, bounds, seed, warmStart, device.Torch);
        if (resume is not null) run.Resume(resume);
        else run.Evaluate();
        while (run.Steps < recipe.Steps)
        {
            if (cancellation.IsCancellationRequested && run.Steps > (resume?.Step ?? 0)) watch.Keep(run.State());
            cancellation.ThrowIfCancellationRequested();
            double loss = run.Step();
            if (!double.IsFinite(loss)) return run.Finish(StopReason.Diverged);
            if (run.Steps % recipe.EvaluateEvery == 0 || run.Steps == recipe.Steps)
            {
                run.Evaluate();
                if (run.Decide() is { } reason) return run.Finish(reason);
            }
            bool isLook = run.Steps % watch.EverySteps == 0;
            if (isLook && watch.Look(new(run.Steps, recipe.Steps, loss))) watch.Keep(run.State());
        }
        return run.Finish(StopReason.AllSteps);
    }
}
