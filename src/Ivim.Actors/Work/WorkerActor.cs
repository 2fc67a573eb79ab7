using Akka.Actor;
using Akka.Event;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>
/// Speaks for one <see cref="WorkSlot"/>: pulls an item, renews its lease, reports until it is heard.
/// </summary>
public sealed class WorkerActor : ReceiveActor, IWithTimers
{
    /// <summary>How often an idle worker asks again, and a lease is renewed or a report repeated.</summary>
    public static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(1);

    /// <summary>A stage that does not obey for so long is left behind with its thread.</summary>
    public static readonly TimeSpan ObeyTime = TimeSpan.FromSeconds(30);

    private readonly WorkerLinks _links;
    private readonly WorkSlot _slot;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Action<object> _hear;
    private IActorRef? _drainedBy;

    /// <param name="links">Whom it talks to.</param>
    /// <param name="slot">What it takes over, with an item in hand or without.</param>
    public WorkerActor(WorkerLinks links, WorkSlot slot)
    {
        (_links, _slot) = (links, slot);
        var self = Self;
        _hear = message => self.Tell(message);
        Receive<QueueReply.Leased>(Take);
        Receive<QueueReply.LeaseLost>(Lose);
        Receive<ItemReceipt>(IsOurs, _ => Heard(isWanted: true));
        Receive<Domain.Studies.StudyReply.Rejected>(reply => _slot.Work?.Report?.Study == reply.Study,
            _ => Heard(isWanted: false));
        Receive<ItemReceipt>(_ => { });
        Receive<Domain.Studies.StudyReply>(_ => { });
        Receive<WorkFact>(Context.System.EventStream.Publish);
        Receive<Moved>(_ => Renew());
        Receive<Ended>(_ => Look());
        Receive<Repeat>(_ => Look());
        Receive<Drain>(_ => BeginDrain());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private string Name => _slot.Labels.Name;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Repeat), Repeat.Instance, RepeatInterval);
        _slot.Attach(_hear);
        Look();
    }

    protected override void PostStop() => _slot.Detach(_hear);

    private void Take(QueueReply.Leased lease)
    {
        if (_slot.Work?.Lease.Epoch == lease.Epoch) return;
        bool isFree = _slot.Work is null && _drainedBy is null && lease.Epoch != _slot.LastEpoch;
        if (!isFree || !_slot.Labels.CanRun(lease.Item))
        {
            Release(lease, isOutOfMemory: false);
            return;
        }
        _slot.Start(lease);
        Renew(); // the queue blames an item only for the loss of a worker that is known to have had it
    }

    /// <summary>A report is delivered all the same: its owner decides what counts.</summary>
    private void Lose(QueueReply.LeaseLost lost)
    {
        if (_slot.Work is not { IsEnded: false } work || work.Lease.Epoch != lost.Epoch) return;
        work.IsLost = true;
        work.Cancel();
    }

    /// <summary>What is to be done next, however the slot came to be as it is.</summary>
    private void Look()
    {
        switch (_slot.Work)
        {
            case null when _drainedBy is { } asker: asker.Tell(new Drained(Name)); break;
            case null: _links.Queue.Tell(new QueueCommand.Pull(_slot.Labels)); break;
            case { Report: { } report } work: Report(work, report); break;
            case { IsEnded: true } work: Leave(work); break;
            case { IsLost: true } work when work.SinceCancelled > ObeyTime: Abandon(work); break;
            default: Renew(); break;
        }
    }

    private void Report(WorkInHand work, ItemReport report)
    {
        if (!work.IsReported)
        {
            work.IsReported = true;
            if (work.Trace is { } trace) _log.Error("{0} failed: {1}", report.Item, trace);
            Context.System.EventStream.Publish(Fact("reported", work));
        }
        Renew();
        for (int said = 0; said < TestHooks.Reports; said++) _links.OwnerOf(work.Lease.Item).Tell(report);
    }

    private bool IsOurs(ItemReceipt receipt) =>
        _slot.Work?.Report is { } report && report.Key == receipt.Key && report.Study == receipt.Study;

    private void Heard(bool isWanted)
    {
        var work = _slot.Work!;
        if (isWanted && work.Report is ItemReport.Failed failed)
            Release(work.Lease, failed.Failure.Class == FailureClass.OutOfMemory);
        else
            _links.Queue.Tell(new QueueCommand.Settle(work.Lease.Item.Id));
        _slot.Leave();
        Look();
    }

    /// <summary>The work was cancelled: because the lease was lost, or to let the process go.</summary>
    private void Leave(WorkInHand work)
    {
        if (!work.IsLost) Release(work.Lease, isOutOfMemory: false);
        _slot.Leave();
        Look();
    }

    private void Abandon(WorkInHand work)
    {
        _log.Error("{0} does not stop; its thread is left behind", work.Lease.Item.Name);
        _slot.Leave();
        Look();
    }

    private void BeginDrain()
    {
        _drainedBy = Sender;
        if (_slot.Work is { IsEnded: false } work) work.Cancel();
        Look();
    }

    private void Renew()
    {
        if (_slot.Work is not { IsLost: false } work) return;
        var item = work.Lease.Item;
        _links.Queue.Tell(new QueueCommand.Renew(
            Name, item.Id, item.Key, work.Lease.Epoch, work.Fraction, ProcessMemory.Share()));
    }

    private void Release(QueueReply.Leased lease, bool isOutOfMemory) => _links.Queue.Tell(
        new QueueCommand.Release(Name, lease.Item.Id, lease.Epoch, isOutOfMemory));

    private WorkFact Fact(string name, WorkInHand work) => WorkFact.Of(name, work.Lease.Item) with
    {
        Worker = Name, Epoch = work.Lease.Epoch,
    };

    internal sealed record Moved : INoSerializationVerificationNeeded
    {
        public static Moved Instance { get; } = new();
    }

    internal sealed record Ended : INoSerializationVerificationNeeded
    {
        public static Ended Instance { get; } = new();
    }

    private sealed record Repeat : INoSerializationVerificationNeeded
    {
        public static Repeat Instance { get; } = new();
    }
}

/// <summary>
/// Tells a worker to let its process go: no new item, a checkpoint of the one in hand, reports until they are heard.
/// </summary>
public sealed record Drain : INoSerializationVerificationNeeded;

/// <summary>A worker has nothing in hand any more. May come more than once.</summary>
public sealed record Drained(string Worker) : INoSerializationVerificationNeeded;
