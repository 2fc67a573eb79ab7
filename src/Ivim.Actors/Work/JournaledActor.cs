using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace Ivim.Actors.Work;

/// <summary>
/// An event-sourced actor whose snapshots are only a cache, and which tells the node when its journal fails.
/// </summary>
public abstract class JournaledActor : ReceivePersistentActor, IWithTimers
{
    protected JournaledActor()
    {
        SnapshotPluginId = SnapshotCache.PluginId;
        Command<SaveSnapshotSuccess>(saved =>
            DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1)));
        Command<SaveSnapshotFailure>(failed => Trouble.Warning("no snapshot: {0}", FaultTrace.Of(failed.Cause)));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(_ => { }); // the next one deletes them
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Without paths, subjects and file names.</summary>
    protected ILoggingAdapter Trouble { get; } = Context.GetLogger();

    /// <summary>Leaves the memory; a message brings it back.</summary>
    protected static void Leave() =>
        Context.Parent.Tell(new Akka.Cluster.Sharding.Passivate(PoisonPill.Instance));

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        Context.System.EventStream.Publish(new JournalFailed(cause));
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Context.System.EventStream.Publish(new JournalFailed(cause));
        throw new InvalidOperationException("the journal refused an event", cause);
    }

    /// <summary>Without this nobody would hear of it: an actor that cannot recover answers nobody.</summary>
    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        Context.System.EventStream.Publish(new JournalFailed(reason));
        base.OnRecoveryFailure(reason, message);
    }
}

/// <summary>
/// The journal could not be written or read: nothing can be promised any more. Published on the local event stream.
/// </summary>
public sealed record JournalFailed(Exception Cause) : INoSerializationVerificationNeeded;
