using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace Ivim.Hosting.Membership;

/// <summary>Looks at the cluster's state a few times per stable-after, and does what the quorum says.</summary>
internal sealed class SeedDowningActor : ReceiveActor, IWithTimers
{
    private readonly AkkaCluster _cluster;
    private readonly IArbiter _arbiter;
    private readonly string _seedRole;
    private readonly TimeSpan _every;
    private readonly Patience _patience;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _isAsking;

    public SeedDowningActor(AkkaCluster cluster, IArbiter arbiter, string seedRole, TimeSpan stableAfter)
    {
        (_cluster, _arbiter, _seedRole) = (cluster, arbiter, seedRole);
        _every = stableAfter / 8;
        _patience = new Patience(stableAfter);
        Receive<Look>(_ => OnLook());
        Receive<Verdict>(OnVerdict);
        Receive<ArbiterAway>(_ => OnArbiterAway());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Look), new Look(), _every);

    private void OnLook()
    {
        var now = Context.System.Scheduler.MonotonicClock;
        var view = _patience.Observe(now, View());
        if (_isAsking || !_patience.IsSettled(now, view)) return;
        switch (SeedQuorum.Decide(view, node => _patience.AbsenceOf(now, node)))
        {
            case SeedDecision.Down down:
                DownAll(down.Nodes);
                break;
            case SeedDecision.DownSelf:
                DownSelf("fewer than half of the seeds are on this side");
                break;
            case SeedDecision.Arbitrate tie:
                Ask(tie);
                break;
        }
    }

    /// <summary>Nothing else is decided while this is asked: the answer must be about what was asked.</summary>
    private void Ask(SeedDecision.Arbitrate tie)
    {
        _isAsking = true;
        _arbiter.WinnerOf(tie.Ballot, tie.Side, CancellationToken.None).PipeTo(Self,
            success: winner => new Verdict(tie, winner), failure: _ => new ArbiterAway());
    }

    private void OnVerdict(Verdict verdict)
    {
        _isAsking = false;
        // Healed or changed while the database was asked: what was asked about is no more.
        var view = View();
        if (view.Ballot != verdict.Tie.Ballot || view.Side != verdict.Tie.Side) return;
        if (verdict.Winner == verdict.Tie.Side) DownAll(verdict.Tie.Nodes);
        else DownSelf("the other half of the seeds was first at the arbiter");
    }

    /// <summary>Without the database nobody can work either; it is asked again at the next look.</summary>
    private void OnArbiterAway()
    {
        _isAsking = false;
        _log.Warning("Half of the seeds cannot be reached, and the arbiter's database does not answer; asking again.");
    }

    private void DownAll(ImmutableArray<string> nodes)
    {
        foreach (var member in _cluster.State.Unreachable.Where(member => nodes.Contains(Name(member))))
        {
            _log.Warning("Downing {0}: unreachable for too long.", member.Address);
            _cluster.Down(member.Address);
        }
    }

    private void DownSelf(string why)
    {
        _log.Warning("Downing this seed: {0}. It joins again as a new member.", why);
        _cluster.Down(_cluster.SelfAddress);
    }

    private SeedView View()
    {
        var state = _cluster.State;
        var self = Name(_cluster.SelfUniqueAddress);
        return new SeedView(self,
        [
            .. state.Members.Select(member => new NodeView(Name(member),
                Votes: member.HasRole(_seedRole) && member.Status is MemberStatus.Up or MemberStatus.Leaving,
                IsReachable: !state.Unreachable.Contains(member),
                IsHeard: state.Unreachable.Contains(member) && state.SeenBy.Contains(member.Address),
                MayBeDowned: member.Status is not (MemberStatus.Down or MemberStatus.Exiting or MemberStatus.Removed))),
        ]);
    }

    private static string Name(Member member) => Name(member.UniqueAddress);

    private static string Name(UniqueAddress node) => $"{node.Address}#{node.Uid}";

    private sealed record Look : INoSerializationVerificationNeeded;

    private sealed record Verdict(SeedDecision.Arbitrate Tie, string Winner) : INoSerializationVerificationNeeded;

    private sealed record ArbiterAway : INoSerializationVerificationNeeded;
}
