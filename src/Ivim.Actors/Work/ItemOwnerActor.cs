using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Ivim.Domain;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>
/// What a study and its aggregator share: an event-sourced owner of work items that offers what is ready to the queue,
/// again where the queue has lost it, and answers every report after the events that follow from it are on disk.
/// </summary>
public abstract class ItemOwnerActor<TEvent> : JournaledActor
    where TEvent : class
{
    /// <summary>How often the queue is asked what it knows: only a lost queue or a lost message needs it.</summary>
    public static readonly TimeSpan OfferInterval = TimeSpan.FromSeconds(3);

    /// <summary>
    /// An owner that is at its end leaves the memory after so long, asked or not, and a message brings it back. So a
    /// twin's last words, which one that only answers questions never hears of, are read after that time at the latest.
    /// </summary>
    public static readonly TimeSpan RestTime = TimeSpan.FromMinutes(2);

    private readonly IActorRef _queue;
    private readonly OpenOffers _offers;
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private HeldUpItems _heldUp = HeldUpItems.None;
    private bool _isChanged;

    protected ItemOwnerActor(IActorRef queue, TimeProvider clock)
    {
        (_queue, _clock, _startedAt) = (queue, clock, clock.GetTimestamp());
        _offers = new OpenOffers(queue);
        Recover<SnapshotOffer>(offer => Restore(offer.Snapshot));
        Recover<TEvent>(Fold);
        Recover<RecoveryCompleted>(_ => Resume());
        Command<ItemReport>(Hear);
        Command<OfferAgain>(_ => LookAgain());
        Command<QueueReply.Holding>(Compare);
        Command<Rest>(_ => Phase != StudyPhase.Running && IsAtRest,
            _ => Leave());
    }

    /// <summary>
    /// What holds the owner's items up at the moment, on account of the machine; null when work goes on.
    /// </summary>
    protected WorkFailure? HeldUpBy { get; private set; }

    protected abstract StudyId Study { get; }

    protected abstract ItemOwner Kind { get; }

    protected abstract StudyPhase Phase { get; }

    /// <summary>What the events so far come to.</summary>
    protected abstract object Snapshot();

    protected abstract void Restore(object snapshot);

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

    /// <summary>Whether an owner at its end has nothing to tell any more.</summary>
    protected virtual bool IsAtRest => true;

    /// <summary>An item could not read an artifact that this owner did not make.</summary>
    protected virtual void AskForLostInput(string artifactSha256) { }

    /// <summary>Persists what follows from a decision, then tells the history and answers.</summary>
    protected void Carry(Decision<TEvent> decision, object whenAccepted, WorkFact? about = null)
    {
        var replyTo = Sender;
        switch (decision)
        {
            case Decision<TEvent>.Rejected no:
                replyTo.Tell(new StudyReply.Rejected(Study, no.Reason, no.Code));
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
                    if (LastSequenceNr % SnapshotCache.EventsPerSnapshot == 0) SaveSnapshot(Snapshot());
                });
                if (about is not null) DeferAsync(about, Publish);
                DeferAsync(whenAccepted, reply => replyTo.Tell(reply));
                break;
        }
    }

    private void Hear(ItemReport report)
    {
        Withdraw(); // whoever still works on it has not heard that it is over: the queue may not have either
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
            Trouble.Error(
                "two different results of {0} of {1}: no result of this key can be trusted", report.Item, Study);
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
        if (_offers.Find(report.Item) is { } item && item.Key == report.Key && !_heldUp.Pauses(report.Item, Now))
        {
            // Its worker asks for the next item at once: left in the queue, this one would fail again without a pause.
            _offers.TakeBack(item);
            _heldUp = _heldUp.After(report.Item, Now);
            _isChanged = true;
        }
        if (report.Failure.Class == FailureClass.Infrastructure) HeldUpBy = report.Failure;
        else AskForLostInput(report.Failure.LostArtifact ?? "");
    }

    private void React(TEvent fact)
    {
        var stillReady = NewlyReady(fact).ToList();
        _offers.Settle(name => !IsOpen(name));
        foreach (var item in stillReady) _offers.Make(item);
        _isChanged = true;
        if (Phase != StudyPhase.Running)
        {
            _offers.Clear();
            Timers.Cancel(nameof(OfferAgain));
            Withdraw();
            RestLater();
        }
        else if (!Timers.IsTimerActive(nameof(OfferAgain)))
        {
            Timers.Cancel(nameof(Rest));
            KeepOffering();
        }
        TellOthers(fact);
    }

    protected abstract bool IsOpen(ItemName name);

    private void Resume()
    {
        if (Phase == StudyPhase.Cancelled) TellOthers(null);
        if (Phase != StudyPhase.Running)
        {
            RestLater();
            return;
        }
        KeepOffering();
        _offers.MakeAll(Wanted());
        TellOthers(null);
    }

    /// <summary>A study that is over need not be kept in memory, nor be started again with its shard.</summary>
    protected void RestLater() => Timers.StartSingleTimer(nameof(Rest), Rest.Instance, RestTime);

    /// <summary>Its items are nobody's business any more.</summary>
    protected void Withdraw()
    {
        if (Phase is StudyPhase.Failed or StudyPhase.Cancelled) _queue.Tell(new QueueCommand.Withdraw(Study));
    }

    /// <summary>Something that is no event has made items ready.</summary>
    protected void OfferReady()
    {
        if (Phase == StudyPhase.Running) _offers.Keep(Wanted());
    }

    /// <summary>The plan is gone through only where something has changed: it is long.</summary>
    private void LookAgain()
    {
        if (_isChanged) _offers.Keep(Wanted());
        _offers.Ask(Study, Kind);
        TellOthers(null);
    }

    private void Compare(QueueReply.Holding answer)
    {
        if (Phase == StudyPhase.Running && !_offers.Agrees(answer)) _offers.MakeAll(Wanted());
    }

    /// <summary>What is ready and not paused; while something is, the next look goes through the plan again.</summary>
    private List<WorkItem> Wanted()
    {
        var ready = Ready().ToList();
        int paused = ready.RemoveAll(item => _heldUp.Pauses(item.Name, Now));
        _isChanged = paused > 0;
        return ready;
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

/// <summary>To an owner that is at its end: leave the memory.</summary>
internal sealed record Rest : INoSerializationVerificationNeeded
{
    public static Rest Instance { get; } = new();
}
