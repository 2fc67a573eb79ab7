using Ivim.Actors.Tests.Studies;
using Ivim.Actors.Work;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Work;

internal static class WorkerExamples
{
    public static WorkItem Item(ItemName name, ItemOwner owner = ItemOwner.Study) => new(
        Example.StudyOf(Example.LeastSquares), owner, name,
        new ContentKey($"{(int)name.Stage:x2}{name.Slab + 1:x2}"),
        [new("stage", ItemRecipes.VersionOf(name.Stage))], Example.Artifact("protocol"), [],
        Example.NumericClass);

    public static WorkerLabels Labels(string name, string numericClass = Example.NumericClass) =>
        new(name, numericClass, ItemRecipes.Versions, "cpu", 1L << 30);
}

/// <summary>Remembers what a stage told, and passes its progress on.</summary>
public sealed class ScriptedWatch(Action<double>? progress = null) : IStageWatch
{
    public string Worker => "host-1-0";

    public List<int> Checkpoints { get; } = [];

    public int? ResumedAt { get; private set; }

    public int? Steps { get; private set; }

    public void Progress(double fraction) => progress?.Invoke(fraction);

    public void Resumed(int step) => ResumedAt = step;

    public void Checkpointed(int step) => Checkpoints.Add(step);

    public void Trained(int steps) => Steps = steps;
}

/// <summary>A stage that does what a test says, on the thread that the worker gave it.</summary>
public sealed class ScriptedRunner(Func<WorkItem, Action<double>, CancellationToken, WorkResult> script) : IStageRunner
{
    private volatile Thread? _thread;
    private int _runs;

    public Thread? Thread => _thread;

    /// <summary>Asked while the thread runs: a dead one does not tell.</summary>
    public bool RanOnPool { get; private set; }

    public int Runs => Volatile.Read(ref _runs);

    public WorkResult Run(WorkItem item, IStageWatch watch, CancellationToken cancellation)
    {
        RanOnPool = Thread.CurrentThread.IsThreadPoolThread;
        _thread = Thread.CurrentThread;
        Interlocked.Increment(ref _runs);
        return script(item, watch.Progress, cancellation);
    }

    public static ScriptedRunner Returning(WorkResult result) => new((_, _, _) => result);

    public static ScriptedRunner Throwing(Exception fault) => new((_, _, _) => throw fault);

    /// <summary>Tells progress again and again until it is cancelled.</summary>
    public static ScriptedRunner Endless() => new((_, progress, cancellation) =>
    {
        while (!cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(10))) progress(0.5);
        throw new OperationCanceledException(cancellation);
    });
}
