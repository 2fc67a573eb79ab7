namespace Ivim.Hosting.Api;

/// <summary>The cluster as this node sees it.</summary>
public sealed record ClusterView(QueueView Queue, IReadOnlyList<WorkerView> Workers, IReadOnlyList<NodeView> Nodes);

/// <param name="Ready">Items that wait for a worker.</param>
/// <param name="Leased">Items that a worker holds.</param>
/// <param name="Waiting">Workers that wait for an item.</param>
public sealed record QueueView(int Ready, int Leased, int Waiting);

/// <param name="Item">For example `st-1f../train/slab-003`; null while it has none.</param>
/// <param name="Fraction">Share of the item that is done, 0 to 1.</param>
public sealed record WorkerView(
    string Name, string Node, string Device, string NumericClass, string? Item, double Fraction);

/// <param name="Role">`seed` or `worker`; `seed,worker` where one process is both.</param>
/// <param name="Status">`joining`, `up`, `leaving` and so on.</param>
public sealed record NodeView(string Address, string Role, string Status, bool Reachable);

/// <summary>Whether this node can do its work, and what it lacks.</summary>
public sealed record ReadinessView(bool Ready, bool Cluster, bool Queue, bool Journal);
