using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using Ivim.Domain;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>
/// What a study and its aggregator share: an event-sourced owner of work items that offers what is ready to the queue,
/// again and again, and answers every report after the events that follow from it are on disk.
/// </summary>
public abstract class ItemOwnerActor<TEvent> : ReceivePersistentActor, IWithTimers
    where TEvent : class
{
    /// <summary>How often open items are offered again: only a lost queue or a lost message needs it.</summary>
    public static readonly TimeSpan OfferInterval = TimeSpan.FromSeconds(3);

    /// <summary>An owner that has nothing to do for so long leaves the memory; a message brings it back.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(2);

    private readonly IActorRef _queue;
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private HeldUpItems _heldUp = HeldUpItems.None;
    private readonly Dictionary<ItemName, WorkItem> _open = [];

    protected ItemOwnerActor(IActorRef queue, TimeProvider clock)
    {
        (_queue, _clock, _startedAt) = (queue, clock, clock.GetTimestamp());
        Recover<TEvent>(Fold);
        Recover<RecoveryCompleted>(_ => Resume());
        Command<ItemReport>(Hear);
        Command<OfferAgain>(_ => OfferEverything());
        Command<ReceiveTimeout>(_ => Rest());
        Context.SetReceiveTimeout(IdleTime);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>
    /// What holds the owner's items up at the moment, on account of the machine; null when work goes on.
    /// </summary>
    protected WorkFailure? HeldUpBy { get; private set; }

    protected abstract StudyId Study { get; }

    protected abstract StudyPhase Phase { get; }

    protected abstract void Fold(TEvent fact);

    protected abstract Decision<TEvent> Decide(ItemReport report);

    protected abstract ResultVerdict Judge(ItemReport.Finished report);

    /// <summary>The machine has held an item up for too long.</summary>
    protected abstract Decision<TEvent> GiveUp(ItemName item, WorkFailure failure);

    /// <summary>What the history is to know of an event; null for nothing.</summary>
    protected abstract WorkFact? FactOf(TEvent fact);

    protected abstract IEnumerable<WorkItem> Ready();

    protected abstract IEnumerable<WorkItem> NewlyReady(TEvent fact);

    /// <summary>What the rest of the system has to be told after a fact, or again.</summary>
    protected abstract void TellOthers(TEvent? fact);

    /// <summary>An item could not read an artifact that this owner did not make.</summary>
    protected virtual void AskForLostInput(string artifactSha256) { }

    /// <summary>Persists what follows from a decision, then tells the history and answers.</summary>
    protected void Carry(Decision<TEvent> decision, object whenAccepted, WorkFact? about = null)
    {
        var replyTo = Sender;
        switch (decision)
        {
            case Decision<TEvent>.Rejected no:
                replyTo.Tell(new StudyReply.Rejected(Study, no.Reason));
                break;
            case Decision<TEvent>.Accepted { Events.IsEmpty: true }:
                if (about is not null) Publish(about);
                replyTo.Tell(whenAccepted);
                break;
            case Decision<TEvent>.Accepted yes:
                if (about is not null) FailPoint.Hit("before_tx");
                PersistAll(yes.Events, fact =>
                {
                    if (about is not null) FailPoint.Hit("after_tx");
                    Fold(fact);
                    if (FactOf(fact) is { } news) Publish(news);
                    React(fact);
                });
                if (about is not null) DeferAsync(about, Publish);
                DeferAsync(whenAccepted, reply => replyTo.Tell(reply));
                break;
        }
    }

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

    /// <summary>Without this nobody would hear of it: an owner that cannot recover answers nobody.</summary>
    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        Context.System.EventStream.Publish(new JournalFailed(reason));
        base.OnRecoveryFailure(reason, message);
    }

    private void Hear(ItemReport report)
    {
        var receipt = new ItemReceipt(report.Study, report.Key);
        switch (report)
        {
            case ItemReport.Finished finished:
                _heldUp = _heldUp.Without(report.Item);
                HeldUpBy = null;
                Carry(Decide(report), receipt, Weigh(finished));
                break;
            case ItemReport.Failed failed:
                Note(failed);
                bool isHopeless = failed.Failure.Class == FailureClass.Infrastructure
                    && _heldUp.IsHopeless(failed.Item, Now);
                Carry(isHopeless ? GiveUp(failed.Item, failed.Failure) : Decide(report), receipt, Attempt(failed));
                break;
        }
    }

    /// <summary>Says what a result means, aloud where two results of one key differ.</summary>
    private WorkFact Weigh(ItemReport.Finished report)
    {
        var verdict = Judge(report);
        if (verdict == ResultVerdict.Mismatch)
            _log.Error("two different results of {0} of {1}: no result of this key can be trusted", report.Item, Study);
        var name = verdict switch
        {
            ResultVerdict.Counts => "counted",
            ResultVerdict.Known => "duplicate",
            ResultVerdict.Mismatch => "mismatch",
            _ => "stale",
        };
        return WorkFact.Of(name, report) with { Hash = report.Result.OutputsSha256() };
    }

    private static WorkFact Attempt(ItemReport.Failed report) => WorkFact.Of("attempt", report) with
    {
        Worker = report.Worker, Epoch = report.Epoch, Cause = $"{report.Failure.Class}", Code = report.Failure.Code,
        Fraction = report.Failure.Fraction,
    };

    private void Note(ItemReport.Failed report)
    {
        if (report.Failure.Class is not (FailureClass.Infrastructure or FailureClass.LostInput)) return;
        var item = _open.GetValueOrDefault(report.Item);
        if (item?.Key == report.Key && !_heldUp.Pauses(report.Item, Now))
        {
            PutOff(item.Id);
            _heldUp = _heldUp.After(report.Item, Now);
        }
        if (report.Failure.Class == FailureClass.Infrastructure) HeldUpBy = report.Failure;
        else AskForLostInput(report.Failure.LostArtifact ?? "");
    }

    /// <summary>
    /// Its worker asks for the next item at once: left in the queue, the item would fail again without a pause.
    /// </summary>
    private void PutOff(ItemId item) => _queue.Tell(new QueueCommand.Settle(item));

    private void React(TEvent fact)
    {
        var stillReady = NewlyReady(fact).ToList();
        foreach (var name in _open.Keys.Where(name => !IsOpen(name)).ToList())
        {
            _queue.Tell(new QueueCommand.Settle(new ItemId(Study, name)));
            _open.Remove(name);
        }
        foreach (var item in stillReady) Offer(item);
        if (Phase != StudyPhase.Running)
        {
            _open.Clear();
            Timers.Cancel(nameof(OfferAgain));
            if (Phase is StudyPhase.Failed or StudyPhase.Cancelled) _queue.Tell(new QueueCommand.Withdraw(Study));
        }
        else if (!Timers.IsTimerActive(nameof(OfferAgain)))
        {
            KeepOffering();
        }
        TellOthers(fact);
    }

    protected abstract bool IsOpen(ItemName name);

    private void Resume()
    {
        if (Phase == StudyPhase.Cancelled) TellOthers(null);
        if (Phase != StudyPhase.Running) return;
        KeepOffering();
        OfferEverything();
    }

    /// <summary>A study that is over need not be kept in memory, nor be started again with its shard.</summary>
    private void Rest()
    {
        if (Phase != StudyPhase.Running) Context.Parent.Tell(new Passivate(PoisonPill.Instance));
    }

    private void OfferEverything()
    {
        _open.Clear();
        foreach (var item in Ready().Where(item => !_heldUp.Pauses(item.Name, Now))) Offer(item);
        TellOthers(null);
    }

    private void Offer(WorkItem item)
    {
        _open[item.Name] = item;
        _queue.Tell(new QueueCommand.Offer(item));
    }

    /// <summary>On a monotonic clock: no change of the wall clock makes the patience end.</summary>
    private TimeSpan Now => _clock.GetElapsedTime(_startedAt);

    private static void Publish(WorkFact fact) => Context.System.EventStream.Publish(fact);

    private void KeepOffering() =>
        Timers.StartPeriodicTimer(nameof(OfferAgain), OfferAgain.Instance, OfferInterval);

    private sealed record OfferAgain : INoSerializationVerificationNeeded
    {
        public static OfferAgain Instance { get; } = new();
    }
}

/// <summary>
/// The journal could not be written or read: nothing can be promised any more. Published on the local event stream.
/// </summary>
public sealed record JournalFailed(Exception Cause) : INoSerializationVerificationNeeded;
