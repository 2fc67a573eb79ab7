using Akka.Cluster;

namespace Ivim.Hosting.Nodes;

/// <summary>A worker's watch for being cut off from all seeds.</summary>
/// <remarks>
/// A worker never takes anybody out of the cluster, so a seed that was killed stays a member in its eyes for ever, and
/// its successor on the same address is a stranger. A fresh actor system joins whoever is there.
/// </remarks>
internal static class SeedsInSight
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Completes when this node is a member and has seen no reachable seed for the time given.
    /// </summary>
    public static async Task UntilCutOffAsync(AkkaCluster cluster, TimeSpan cutOff, TimeProvider clock,
        CancellationToken cancellation)
    {
        long lastSeen = clock.GetTimestamp();
        using var timer = new PeriodicTimer(LookInterval, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (!HasJoined(cluster.State) || SeesSeed(cluster.State)) lastSeen = clock.GetTimestamp();
            else if (clock.GetElapsedTime(lastSeen) >= cutOff) return;
        }
    }

    /// <summary>Completes when this node has asked to join for the time given, and is no member yet.</summary>
    /// <remarks>
    /// A seed that has just taken the predecessor on this node's address out of the cluster can be deaf to the address:
    /// it drops its answers, while the connection that the questions come over stays up, so that nothing begins anew.
    /// Seen in a storm of kills (Akka.Remote 1.5.74). A fresh actor system shakes hands again.
    /// </remarks>
    public static async Task UntilNotJoinedAsync(AkkaCluster cluster, TimeSpan patience, TimeProvider clock,
        CancellationToken cancellation)
    {
        long began = clock.GetTimestamp();
        using var timer = new PeriodicTimer(LookInterval, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (HasJoined(cluster.State)) await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation);
            if (clock.GetElapsedTime(began) >= patience) return;
        }
    }

    private static bool HasJoined(ClusterEvent.CurrentClusterState state) => !state.Members.IsEmpty;

    private static bool SeesSeed(ClusterEvent.CurrentClusterState state) =>
        state.Members.Any(member => member.HasRole(IvimAkka.SeedRole)
            && member.Status is not (MemberStatus.Down or MemberStatus.Removed or MemberStatus.Exiting)
            && !state.Unreachable.Contains(member));
}
