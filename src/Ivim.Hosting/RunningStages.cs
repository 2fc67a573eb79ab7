using Ivim.Actors.Work;
using Ivim.Domain.Work;

namespace Ivim.Hosting;

/// <summary>Knows whether a stage is at work on some thread.</summary>
/// <remarks>
/// A process that ends while a thread is inside libtorch can die of a segmentation fault, and its exit code with it:
/// the library's own state is torn down under the thread. So the node waits for its stages before it lets the process
/// go.
/// </remarks>
internal sealed class RunningStages
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _none = Finished();
    private int _running;

    /// <summary>Completes when no stage is at work.</summary>
    public Task None
    {
        get { lock (_gate) return _none.Task; }
    }

    /// <summary>The same runner, counted while it works.</summary>
    public IStageRunner Counting(IStageRunner runner) => new Counted(runner, this);

    private static TaskCompletionSource Finished()
    {
        var finished = new TaskCompletionSource();
        finished.SetResult();
        return finished;
    }

    private void Begin()
    {
        lock (_gate)
            if (_running++ == 0) _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void End()
    {
        lock (_gate)
            if (--_running == 0) _none.SetResult();
    }

    private sealed class Counted(IStageRunner runner, RunningStages stages) : IStageRunner
    {
        public WorkResult Run(WorkItem item, IStageWatch watch, CancellationToken cancellation)
        {
            stages.Begin();
            try
            {
                return runner.Run(item, watch, cancellation);
            }
            finally
            {
                stages.End();
            }
        }
    }
}
