using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>Workers that pull, run, and report until the owner has acknowledged.</summary>
public sealed class SimulatedWorkers(Network network, SimulatedStore store, Dice dice, int count)
{
    private readonly string[] _names = [.. Enumerable.Range(0, count).Select(index => $"worker-{index}.0")];
    private readonly Dictionary<string, (QueueReply.Leased Lease, ItemReport? Report)> _busy = [];
    private int _restarts;

    /// <summary>Failures on the work's own account that may still happen.</summary>
    public int FailuresLeft { get; set; }

    public void Receive(object message)
    {
        switch (message)
        {
            case (string worker, QueueReply.Leased lease) when _names.Contains(worker) && !_busy.ContainsKey(worker):
                _busy[worker] = (lease, null);
                break;
            case ItemReceipt receipt:
                foreach (var (worker, work) in _busy.ToList())
                    if (work.Report?.Key == receipt.Key) _busy.Remove(worker);
                break;
            case (string worker, QueueReply.LeaseLost lost) when _busy.TryGetValue(worker, out var work)
                && work.Report is null && work.Lease.Epoch == lost.Epoch:
                _busy.Remove(worker);
                break;
        }
    }

    /// <summary>A worker's next move: pull, renew, run, or report once more.</summary>
    public void Move(int index)
    {
        var worker = _names[index];
        if (!_busy.TryGetValue(worker, out var work))
            network.Send(Place.Queue, new QueueCommand.Pull(new WorkerLabels(worker, World.NumericClass,
                [.. Stages.InOrder.Select(ItemRecipes.VersionOf)], "cpu", 1)));
        else if (work.Report is null && network.IsStormy && dice.Chance(0.5))
            network.Send(Place.Queue, new QueueCommand.Renew(worker, work.Lease.Item.Id, work.Lease.Item.Key,
                work.Lease.Epoch, 0.5, 0));
        else
            Report(worker, work.Lease, work.Report ?? Run(worker, work.Lease));
    }

    public void Kill(int index)
    {
        _busy.Remove(_names[index]);
        _names[index] = $"worker-{index}.{++_restarts}";
    }

    private void Report(string worker, QueueReply.Leased lease, ItemReport report)
    {
        _busy[worker] = (lease, report);
        network.Send(lease.Item.Owner == ItemOwner.Study ? Place.Study : Place.Aggregator, report);
    }

    private ItemReport Run(string worker, QueueReply.Leased lease)
    {
        if (FailuresLeft == 0 || !dice.Chance(0.1)) return store.Run(lease.Item, worker, lease.Epoch);
        FailuresLeft--;
        var classes = new[] { FailureClass.Application, FailureClass.Infrastructure, FailureClass.OutOfMemory };
        return new ItemReport.Failed(lease.Item.Study, lease.Item.Name, lease.Item.Key, worker, lease.Epoch,
            new WorkFailure(classes[dice.Below(classes.Length)], "TEST", "failed"));
    }
}
