using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Configuration;
using Ivim.Hosting.Membership;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Ivim.Hosting.Tests.Membership;

/// <summary>Two seeds and a worker as real actor systems; one is stopped without a word.</summary>
public sealed class ThreeNodesTests
{
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_half_that_asks_first_goes_on_without_the_stopped_seed()
    {
        using var folder = new TemporaryFolder();
        // A stopped node's own system still runs here; one that is gone asks nobody.
        await using var first = new Node("seed", folder["journal.db"], new OtherSideWins());
        await using var second = new Node("seed", folder["journal.db"]);
        await using var worker = new Node("worker", folder["journal.db"]);
        await JoinAll(first, second, worker);

        await first.Stop();
        await Until(() => second.UpMembers == 2, "the stopped seed is removed and the worker stays");
        await Until(() => worker.UpMembers == 2, "the worker knows it too");
        Assert.False(second.System.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_half_that_lost_the_vote_leaves_and_a_database_that_is_away_is_waited_for()
    {
        using var folder = new TemporaryFolder();
        var arbiter = new OtherSideWins();
        await using var first = new Node("seed", folder["journal.db"]);
        await using var second = new Node("seed", folder["journal.db"], arbiter);
        await JoinAll(first, second);

        await first.Stop();
        await arbiter.Asked.WaitAsync(Patience);
        Assert.Equal(2, AkkaCluster.Get(second.System).State.Members.Count);
        arbiter.IsAway = false;
        await second.System.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_worker_downs_nobody_and_a_sole_seed_outlives_its_workers()
    {
        using var folder = new TemporaryFolder();
        await using var seed = new Node("seed", folder["journal.db"]);
        await using var lost = new Node("worker", folder["journal.db"]);
        await using var kept = new Node("worker", folder["journal.db"]);
        await JoinAll(seed, lost, kept);
        await lost.Stop();
        await Until(() => seed.UpMembers == 2 && kept.UpMembers == 2, "the lost worker is removed");

        await seed.Stop();
        await Until(() => AkkaCluster.Get(kept.System).State.Unreachable.Count == 1, "the seed is missed");
        // That nothing happens can only be seen by giving it time to.
        await Task.Delay(4 * StableAfter);
        Assert.Equal(2, kept.UpMembers);
    }

    private static async Task JoinAll(params Node[] nodes)
    {
        foreach (var node in nodes) AkkaCluster.Get(node.System).Join(AkkaCluster.Get(nodes[0].System).SelfAddress);
        await Until(() => nodes.All(node => node.UpMembers == nodes.Length), "all nodes are up");
    }

    private static async Task Until(Func<bool> condition, string what)
    {
        using var enough = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(enough.IsCancellationRequested, $"in vain: {what}");
            await Task.Delay(50);
        }
    }

    /// <summary>Away at first; then it says that the others were first.</summary>
    private sealed class OtherSideWins : IArbiter
    {
        private readonly TaskCompletionSource _asked = new();

        public volatile bool IsAway = true;

        public Task Asked => _asked.Task;

        public Task<string> WinnerOf(string ballot, string side, CancellationToken cancellation)
        {
            _asked.TrySetResult();
            return IsAway ? Task.FromException<string>(new ArbiterAwayException(new IOException()))
                : Task.FromResult("the other side");
        }
    }

    private sealed class Node : IAsyncDisposable
    {
        public Node(string role, string journal, IArbiter? arbiter = null)
        {
            var provider = role == "seed" ? typeof(SeedDowning) : typeof(WorkerDowning);
            var config = ConfigurationFactory.ParseString(Downing.Hocon(provider, StableAfter)).WithFallback($$"""
                akka {
                  loglevel = WARNING
                  stdout-loglevel = OFF
                  loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
                  actor.provider = cluster
                  remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
                  cluster {
                    roles = [{{role}}]
                    gossip-interval = 200ms
                    leader-actions-interval = 200ms
                    failure-detector { heartbeat-interval = 300ms, acceptable-heartbeat-pause = 4s }
                  }
                  coordinated-shutdown { run-by-clr-shutdown-hook = off, exit-clr = off }
                }
                """);
            System = ActorSystem.Create("ivim", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config),
                new DowningSetup(arbiter ?? new SqliteArbiter(journal), "seed")));
        }

        public ActorSystem System { get; }

        public int UpMembers => AkkaCluster.Get(System).State.Members.Count(member => member.Status == MemberStatus.Up);

        /// <summary>As a killed process goes: the connections break, and nobody is told.</summary>
        public async Task Stop()
        {
            var provider = (Akka.Remote.RemoteActorRefProvider)((ExtendedActorSystem)System).Provider;
            await provider.Transport.Shutdown();
        }

        public async ValueTask DisposeAsync() => await System.Terminate().WaitAsync(Patience);
    }
}
