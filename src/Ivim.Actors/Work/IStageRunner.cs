using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>Does the work of an item on the calling thread.</summary>
public interface IStageRunner
{
    /// <summary>Runs the stage, or takes its stored result; stores the result durably before it returns.</summary>
    /// <exception cref="OperationCanceledException">The lease was lost or the worker stops.</exception>
    WorkResult Run(WorkItem item, IStageWatch watch, CancellationToken cancellation);
}

/// <summary>Hears from the work itself, on its thread, how it gets on.</summary>
public interface IStageWatch
{
    /// <summary>The name of the worker.</summary>
    string Worker { get; }

    /// <param name="fraction">Done, 0 to 1.</param>
    void Progress(double fraction);

    /// <summary>A training goes on from a checkpoint of this step.</summary>
    void Resumed(int step);

    /// <summary>A checkpoint of this step is on disk.</summary>
    void Checkpointed(int step);

    /// <summary>A training has ended or was cancelled after so many steps of this run.</summary>
    void Trained(int steps);
}
