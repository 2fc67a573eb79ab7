using Akka.Actor;
using Akka.Cluster;

namespace Ivim.Hosting.Nodes;

/// <summary>Says in the log who comes and goes, one line each.</summary>
internal sealed class MembershipLog : ReceiveActor
{
    private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);

    public MembershipLog(NodeLog log)
    {
        Receive<ClusterEvent.MemberUp>(e => log.Say($"member up: {Name(e.Member)}"));
        Receive<ClusterEvent.MemberLeft>(e => log.Say($"member leaves: {Name(e.Member)}"));
        Receive<ClusterEvent.MemberDowned>(e => log.Say($"member taken out: {Name(e.Member)}"));
        Receive<ClusterEvent.MemberRemoved>(e => log.Say($"member gone: {Name(e.Member)}"));
        Receive<ClusterEvent.UnreachableMember>(e => log.Say($"member unreachable: {Name(e.Member)}"));
        Receive<ClusterEvent.ReachableMember>(e => log.Say($"member reachable again: {Name(e.Member)}"));
        Receive<ClusterEvent.IMemberEvent>(_ => { });
    }

    protected override void PreStart() => _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents,
        typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private static string Name(Member member) =>
        $"{string.Join('+', member.Roles)} {member.Address.Host}:{member.Address.Port}";
}
