using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Ivim.Actors.Wire;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Work;

/// <summary>One actor system per test; every message goes through our wire format even within the process.</summary>
public abstract class ActorSpec : Akka.TestKit.Xunit2.TestKit
{
    /// <summary>Only a failure waits so long; generous, because the machine may be busy.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Settings = """
        akka {
          loglevel = ERROR
          stdout-loglevel = OFF
          actor {
            serialize-messages = on
            serializers.json = "Ivim.Actors.Tests.Work.InProcessSerializer, Ivim.Actors.Tests"
            serialization-identifiers {
              "Ivim.Actors.Tests.Work.InProcessSerializer, Ivim.Actors.Tests" = 1
            }
          }
          test { single-expect-default = 30s, default-timeout = 30s, filter-leeway = 30s }
          persistence {
            journal.plugin = "akka.persistence.journal.trial"
            journal.trial {
              class = "Ivim.Actors.Tests.Work.TrialJournal, Ivim.Actors.Tests"
              plugin-dispatcher = "akka.actor.default-dispatcher"
            }
            snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
            snapshot-store.cache {
              class = "Akka.Persistence.Snapshot.MemorySnapshotStore, Akka.Persistence"
              plugin-dispatcher = "akka.actor.default-dispatcher"
              snapshot-is-optional = on
            }
          }
        }
        """;

    protected ActorSpec()
        : base(ConfigurationFactory.ParseString(Settings).WithFallback(WireConfig.Config))
    {
    }

    protected JournalTrial Journal => JournalTrial.Of(Sys);

    /// <summary>Until a write stands before the journal's closed gate.</summary>
    protected void AwaitWrite() => AwaitCondition(() => Journal.Waiting == 1, Patience, TimeSpan.FromMilliseconds(20));

    protected void Kill(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor, Patience);
        Unwatch(actor);
    }

    /// <summary>The next offer of an item; other messages to the queue are passed over.</summary>
    protected static WorkItem Offered(TestProbe queue, ItemName name) =>
        queue.FishForMessage<QueueCommand.Offer>(offer => offer.Item.Name == name, Patience, name.ToString()).Item;

    /// <summary>Reports, and waits until the owner has the report on disk.</summary>
    protected void Report(IActorRef owner, ItemReport report)
    {
        var worker = CreateTestProbe();
        owner.Tell(report, worker);
        Assert.Equal(report.Key, worker.ExpectMsg<ItemReceipt>(Patience).Key);
    }
}
