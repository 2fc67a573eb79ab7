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
    /// Completes when this node is a member and has seen no reachable seed for the time given. A node that has not
    /// joined yet goes on trying by itself.
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

    private static bool HasJoined(ClusterEvent.CurrentClusterState state) => !state.Members.IsEmpty;

    private static bool SeesSeed(ClusterEvent.CurrentClusterState state) =>
        state.Members.Any(member => member.HasRole(IvimAkka.SeedRole)
            && member.Status is not (MemberStatus.Down or MemberStatus.Removed or MemberStatus.Exiting)
            && !state.Unreachable.Contains(member));
}
