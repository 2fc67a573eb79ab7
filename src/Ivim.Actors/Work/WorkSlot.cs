using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>
/// One device or CPU slot of the process and what it works on. Outlives the actor system: the worker actor of the next
/// one takes it over and goes on renewing and reporting.
/// </summary>
/// <param name="labels">The name stays the same for the life of the process.</param>
/// <param name="runner">Called from one thread at a time, unless a stage hangs and is abandoned.</param>
public sealed class WorkSlot(WorkerLabels labels, IStageRunner runner)
{
    /// <summary>Facts kept for the next worker actor; more than a long cut-off makes.</summary>
    private const int MostKept = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<object> _kept = [];
    private Action<object>? _worker;
    private volatile WorkInHand? _work;

    public WorkerLabels Labels => labels;

    /// <summary>Whether the slot has an item, worked on or not yet acknowledged.</summary>
    public bool IsBusy => _work is not null;

    internal WorkInHand? Work => _work;

    /// <summary>The last lease that was dealt with: it may be told once more.</summary>
    internal long LastEpoch { get; private set; } = -1;

    /// <summary>Ends the work in hand without a report; a training keeps a checkpoint first.</summary>
    public void Stop() => _work?.Cancel();

    /// <summary>From now on the worker hears, first of what happened while there was none.</summary>
    internal void Attach(Action<object> worker)
    {
        lock (_gate)
        {
            _worker = worker;
            while (_kept.TryDequeue(out var kept)) worker(kept);
        }
    }

    /// <summary>The worker actor ends; the work goes on. Another one may have attached already.</summary>
    internal void Detach(Action<object> worker)
    {
        lock (_gate)
            if (_worker == worker) _worker = null;
    }

    internal WorkInHand Start(QueueReply.Leased lease)
    {
        var work = new WorkInHand(this, lease);
        _work = work;
        StageThread.Start($"ivim {lease.Item.Name}", () => work.Run(runner));
        return work;
    }

    /// <summary>The item is done with; a thread that hangs is left behind.</summary>
    internal void Leave()
    {
        LastEpoch = _work?.Lease.Epoch ?? LastEpoch;
        _work = null;
    }

    /// <summary>Called from any thread.</summary>
    internal void Tell(object message)
    {
        lock (_gate)
        {
            if (_worker is { } worker) worker(message);
            else if (message is WorkFact && _kept.Count < MostKept) _kept.Enqueue(message);
        }
    }
}
