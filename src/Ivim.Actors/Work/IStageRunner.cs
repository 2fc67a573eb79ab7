using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>Does the work of an item on the calling thread.</summary>
public interface IStageRunner
{
    /// <summary>Runs the stage, or takes its stored result; stores the result durably before it returns.</summary>
    /// <param name="progress">Called from the work itself with the fraction done, 0 to 1.</param>
    /// <exception cref="OperationCanceledException">The lease was lost or the worker stops.</exception>
    WorkResult Run(WorkItem item, Action<double> progress, CancellationToken cancellation);
}
