using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Ivim.Hosting.Membership;

/// <summary>How one node sees another.</summary>
/// <param name="Node">Unique address: address and incarnation.</param>
/// <param name="Votes">A seed that is up or leaving: one that both sides of a cut know of.</param>
/// <param name="IsReachable">Nobody on this side misses its heartbeat.</param>
/// <param name="IsHeard">Not reachable, but it has seen the newest gossip: cut off from some, not from all.</param>
/// <param name="MayBeDowned">Neither downed already nor on its way out.</param>
public sealed record NodeView(string Node, bool Votes, bool IsReachable, bool IsHeard = false, bool MayBeDowned = true);

/// <summary>The cluster as one seed sees it.</summary>
public sealed record SeedView(string Self, ImmutableArray<NodeView> Nodes)
{
    /// <summary>Names this membership of seeds, the same on both sides of a cut.</summary>
    public string Ballot => Hash(Nodes.Where(node => node.Votes));

    /// <summary>Names this side of it.</summary>
    public string Side => Hash(Nodes.Where(node => node.Votes && node.IsReachable));

    private static string Hash(IEnumerable<NodeView> nodes) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', nodes.Select(node => node.Node).Order(StringComparer.Ordinal)))));
}

/// <summary>What a seed does about the nodes that it cannot reach.</summary>
public abstract record SeedDecision
{
    private SeedDecision()
    {
    }

    public sealed record Nothing : SeedDecision;

    /// <summary>These are out; who is left goes on.</summary>
    public sealed record Down(ImmutableArray<string> Nodes) : SeedDecision;

    /// <summary>This seed is on the losing side: it leaves, and joins again as a new member.</summary>
    public sealed record DownSelf : SeedDecision;

    /// <summary>Two halves: whoever is first in the database goes on.</summary>
    public sealed record Arbitrate(string Ballot, string Side, ImmutableArray<string> Nodes) : SeedDecision;
}
