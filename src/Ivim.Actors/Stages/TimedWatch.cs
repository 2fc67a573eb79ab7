using System.Diagnostics;
using Ivim.Actors.Work;

namespace Ivim.Actors.Stages;

/// <summary>Takes the time of an item beside what another watch does.</summary>
internal sealed class TimedWatch(IStageWatch other) : IStageWatch
{
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private bool _isPart;

    /// <summary>Null where a training went on from a checkpoint: what came before was not seen.</summary>
    public TimeSpan? Took => _isPart ? null : _sinceStart.Elapsed;

    public string Worker => other.Worker;

    public void Progress(double fraction) => other.Progress(fraction);

    public void Resumed(int step)
    {
        _isPart = true;
        other.Resumed(step);
    }

    public void Checkpointed(int step) => other.Checkpointed(step);

    public void Trained(int steps) => other.Trained(steps);
}
