using System.Text.Json;

namespace Ivim.Cli.LocalCluster;

/// <summary>The cluster as one seed sees it: the answer of its API to `GET /api/v1/cluster`.</summary>
internal sealed record ClusterView
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public IReadOnlyList<Member> Nodes { get; init; } = [];

    public IReadOnlyList<WorkerSlot> Workers { get; init; } = [];

    /// <exception cref="JsonException">It is no such answer.</exception>
    public static ClusterView FromJson(string json) =>
        JsonSerializer.Deserialize<ClusterView>(json, Format) ?? throw new JsonException("null for a cluster");

    /// <summary>
    /// Whether the process that fills the node's place now is a member. A seed says that of itself. A worker must have
    /// been heard of by the queue under its process id, because a killed process stays a member for a while, under the
    /// address that the next one has too.
    /// </summary>
    public bool Holds(LocalNode node) =>
        Nodes.Any(member => member is { Status: "up", Reachable: true }
            && (member.Address == node.Address
                || member.Address.EndsWith('@' + node.Address, StringComparison.Ordinal)))
        && (node.Role == LocalNode.Seed
            || Workers.Any(worker => worker.Node.Contains($"-{node.Pid}-", StringComparison.Ordinal)));

    /// <param name="Address">`host:port`, or an Akka address that ends with it.</param>
    internal sealed record Member(string Address, string Status, bool Reachable);

    /// <param name="Node">`host-pid-start`.</param>
    internal sealed record WorkerSlot(string Node);
}
