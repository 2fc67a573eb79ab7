using System.Diagnostics;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>An item that a slot works on or has a report about. Its thread writes, its worker reads.</summary>
internal sealed class WorkInHand : IStageWatch
{
    private static readonly TimeSpan TellInterval = TimeSpan.FromMilliseconds(200);

    private readonly WorkSlot _slot;
    private readonly CancellationTokenSource _cancel = new();
    private readonly Stopwatch _sinceTold = Stopwatch.StartNew();
    private readonly Stopwatch _sinceCancelled = new();
    private double _fraction;
    private int? _steps;
    private volatile Ending? _ending;

    public WorkInHand(WorkSlot slot, QueueReply.Leased lease) => (_slot, Lease) = (slot, lease);

    public QueueReply.Leased Lease { get; }

    public string Worker => _slot.Labels.Name;

    public double Fraction => Volatile.Read(ref _fraction);

    /// <summary>The thread is done; what it made is in <see cref="Report"/>.</summary>
    public bool IsEnded => _ending is not null;

    /// <summary>What the owner is to hear; null while the work goes on and where it was cancelled.</summary>
    public ItemReport? Report => _ending?.Report;

    /// <summary>The stage's exception where it is for the log: types and places, no messages.</summary>
    public string? Trace => _ending?.Trace;

    /// <summary>Somebody else has the item, or nobody wants it.</summary>
    public bool IsLost { get; set; }

    public bool IsReported { get; set; }

    /// <summary>How long ago the work was told to stop.</summary>
    public TimeSpan SinceCancelled => _sinceCancelled.Elapsed;

    public void Cancel()
    {
        _sinceCancelled.Start();
        _cancel.Cancel();
    }

    public void Progress(double fraction)
    {
        Volatile.Write(ref _fraction, fraction);
        if (_sinceTold.Elapsed < TellInterval) return;
        _sinceTold.Restart();
        _slot.Tell(WorkerActor.Moved.Instance);
    }

    public void Resumed(int step) => Tell(Fact("resumed") with { FromStep = step });

    public void Checkpointed(int step) => Tell(Fact("checkpointed") with { Steps = step });

    public void Trained(int steps) => _steps = steps;

    /// <summary>Runs on the item's own thread.</summary>
    public void Run(IStageRunner runner)
    {
        Tell(Fact("started"));
        var ending = Work(runner);
        Tell(Fact("ended") with { Cause = ending.Cause, Steps = _steps, Code = ending.Code });
        _ending = ending;
        _slot.Tell(WorkerActor.Ended.Instance);
    }

    private Ending Work(IStageRunner runner)
    {
        var item = Lease.Item;
        try
        {
            TestHooks.Begin(item, _cancel.Token);
            var result = runner.Run(item, this, _cancel.Token);
            Volatile.Write(ref _fraction, 1);
            return new Ending("result", new ItemReport.Finished(item.Study, item.Name, item.Key, result), null, null);
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            return new Ending("cancelled", null, null, null);
        }
        catch (Exception e)
        {
            var failure = FailureClasses.Of(e, item.Name);
            var report = new ItemReport.Failed(item.Study, item.Name, item.Key, _slot.Labels.Name,
                Lease.Epoch, failure);
            return new Ending("failure", report,
                failure.Class == FailureClass.BadInput ? null : FaultTrace.Of(e), failure.Code);
        }
    }

    private void Tell(WorkFact fact) => _slot.Tell(fact);

    private WorkFact Fact(string name) => WorkFact.Of(name, Lease.Item) with
    {
        Worker = _slot.Labels.Name, Epoch = Lease.Epoch,
    };

    private sealed record Ending(string Cause, ItemReport? Report, string? Trace, string? Code);
}
