using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>A slot and its worker: pulls, works in steps, renews, commits, and reports until it is heard.</summary>
internal sealed class WorkerSlot
{
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(0.5), Repeat = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private QueueReply.Leased? _lease;
    private ItemReport? _report;
    private SlotWork? _work;
    private TimeSpan _workedAt;
    private double _owed;
    private long _lastEpoch = -1;

    public WorkerSlot(World world, WorkerNode node, int slot)
    {
        (_world, Node) = (world, node);
        Labels = new WorkerLabels($"{node.Name}-{slot}", node.Machine.NumericClass, node.Machine.Versions, "cpu",
            node.Machine.Memory);
        world.Time.After(world.Dice.Seconds(0, 1), Move);
    }

    public WorkerNode Node { get; }

    public WorkerLabels Labels { get; }

    public bool IsBusy => _lease is not null;

    /// <summary>Once a second, whatever there is to do.</summary>
    private void Move()
    {
        if (!Node.IsAlive) return;
        if (Node.IsPaused)
        {
            _workedAt = Node.PausedUntil;
            _world.Time.After(Node.PausedUntil - _world.Time.Now, Move);
            return;
        }
        Work();
        if (Node.Speaks) Speak();
        _world.Time.After(Repeat, Move);
    }

    private void Work()
    {
        _owed += (_world.Time.Now - _workedAt) / StepTime * Node.Pace;
        _workedAt = _world.Time.Now;
        for (; _owed >= 1; _owed--)
            if (_work is { IsEnded: false }) _work.Step();
    }

    private void Speak()
    {
        if (_lease is not { } lease)
        {
            if (!Node.IsDraining) TellQueue(new QueueCommand.Pull(Labels));
            return;
        }
        TellQueue(new QueueCommand.Renew(Labels.Name, lease.Item.Id, lease.Item.Key, lease.Epoch, _work!.Fraction,
            _work.MemoryShare));
        if (_report is { } report)
            _world.StudyOf(lease.Item.Study).HomeOf(lease.Item.Owner).Tell(Node.Place, report, this);
    }

    public void Hear(object message)
    {
        if (!Node.Speaks) return;
        if (Node.IsPaused)
        {
            _world.Time.After(Node.PausedUntil - _world.Time.Now, () => Hear(message));
            return;
        }
        switch (message)
        {
            case QueueReply.Leased lease: Take(lease); break;
            case QueueReply.LeaseLost lost when _lease?.Epoch == lost.Epoch && !_work!.IsEnded: Abandon(); break;
            case ItemReceipt receipt when _report?.Key == receipt.Key && _report.Study == receipt.Study:
                BeHeard();
                break;
        }
    }

    private void Take(QueueReply.Leased lease)
    {
        if (_lease?.Epoch == lease.Epoch) return;
        if (!Labels.CanRun(lease.Item)) _world.Violate("I5", $"{Labels.Name} got {lease.Item.Id}");
        if (_lease is not null || Node.IsDraining || lease.Epoch == _lastEpoch)
        {
            TellQueue(new QueueCommand.Release(Labels.Name, lease.Item.Id, lease.Epoch));
            return;
        }
        (_lease, _workedAt, _owed) = (lease, _world.Time.Now, 0);
        _work = new SlotWork(_world, this, lease, Finish);
        _work.Begin();
        if (_report is null && Node.Speaks) Speak(); // whoever is never heard has never begun
    }

    private void Finish(ItemReport report)
    {
        _world.Trace?.Invoke($"{Labels.Name} ends {report.Item} of {report.Study} with {report.GetType().Name}");
        _report = report;
        if (Node.Speaks) Speak();
    }

    private void BeHeard()
    {
        var item = _lease!.Item.Id;
        if (_report is ItemReport.Failed { Failure: var failure })
            TellQueue(new QueueCommand.Release(Labels.Name, item, _lease.Epoch,
                failure.Class == FailureClass.OutOfMemory));
        else
            TellQueue(new QueueCommand.Settle(item));
        Leave();
    }

    /// <summary>Somebody else has the item, or nobody wants it: a checkpoint is kept.</summary>
    private void Abandon()
    {
        _work!.Cancel();
        Leave();
    }

    public void Drain()
    {
        if (_lease is not { } lease || _work!.IsEnded) return;
        TellQueue(new QueueCommand.Release(Labels.Name, lease.Item.Id, lease.Epoch));
        Abandon();
    }

    public void Die()
    {
        _work?.Die();
        (_lease, _report, _work) = (null, null, null);
    }

    private void Leave()
    {
        _lastEpoch = _lease!.Epoch;
        (_lease, _report, _work) = (null, null, null);
        Node.EndWhenDrained();
        if (Node.Speaks && !Node.IsDraining) Speak();
    }

    private void TellQueue(QueueCommand command) => _world.Queue.Tell(Node.Place, command);
}
