using System.Collections.Immutable;

namespace Ivim.Domain.Work;

/// <content>An item that came back from a process goes to another one first, if there is one.</content>
public sealed partial record QueueState
{
    private ImmutableDictionary<ItemId, Return> GivenBack { get; init; } = ImmutableDictionary<ItemId, Return>.Empty;

    /// <summary>The worker failed with its item, fell silent or hung: another one may do better.</summary>
    private QueueState Avoid(Lease lease, TimeSpan now)
    {
        var nodes = GivenBack.TryGetValue(lease.Item.Id, out var back) ? back.Nodes : [];
        var latest = new Return(nodes.Add(WorkerLabels.NodeOf(lease.Worker)), now);
        return this with { GivenBack = GivenBack.SetItem(lease.Item.Id, latest) };
    }

    /// <summary>Whether a worker has to leave an item that its process gave back to another that can run it.</summary>
    /// <remarks>Only for the lease time: the others may be busy for long.</remarks>
    private bool IsForAnother(WorkerLabels worker, WorkItem item, TimeSpan now) =>
        GivenBack.TryGetValue(item.Id, out var back) && back.Nodes.Contains(worker.Node)
        && now - back.At <= Rules.LeaseTime
        && Workers.Values.Any(other => now - other.At <= Rules.LeaseTime && !back.Nodes.Contains(other.Labels.Node)
            && other.Labels.CanRun(item)
            && other.Labels.MemoryBytes >= LeastMemory.GetValueOrDefault(item.Id));

    private sealed record Return(ImmutableHashSet<string> Nodes, TimeSpan At);
}
