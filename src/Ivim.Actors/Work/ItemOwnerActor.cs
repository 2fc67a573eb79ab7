using Akka.Actor;
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

    private readonly IActorRef _queue;
    private readonly Dictionary<ItemName, WorkItem> _open = [];

    protected ItemOwnerActor(IActorRef queue)
    {
        _queue = queue;
        Recover<TEvent>(Fold);
        Recover<RecoveryCompleted>(_ => Resume());
        Command<ItemReport>(Hear);
        Command<OfferAgain>(_ => OfferEverything());
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

    protected abstract IEnumerable<WorkItem> Ready();

    protected abstract IEnumerable<WorkItem> NewlyReady(TEvent fact);

    /// <summary>What the rest of the system has to be told after a fact, or again.</summary>
    protected abstract void TellOthers(TEvent? fact);

    /// <summary>An item could not read an artifact that this owner did not make.</summary>
    protected virtual void AskForLostInput(string artifactSha256) { }

    /// <summary>Persists what follows from a decision, then answers.</summary>
    protected void Carry(Decision<TEvent> decision, object whenAccepted)
    {
        var replyTo = Sender;
        switch (decision)
        {
            case Decision<TEvent>.Rejected no:
                replyTo.Tell(new StudyReply.Rejected(Study, no.Reason));
                break;
            case Decision<TEvent>.Accepted { Events.IsEmpty: true }:
                replyTo.Tell(whenAccepted);
                break;
            case Decision<TEvent>.Accepted yes:
                PersistAll(yes.Events, fact =>
                {
                    Fold(fact);
                    React(fact);
                });
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
        if (report is ItemReport.Failed failed) Note(failed);
        else HeldUpBy = null;
        Carry(Decide(report), new ItemReceipt(report.Study, report.Key));
    }

    private void Note(ItemReport.Failed report)
    {
        if (report.Failure.Class is not (FailureClass.Infrastructure or FailureClass.LostInput)) return;
        var item = _open.GetValueOrDefault(report.Item);
        if (item?.Key == report.Key) PutOff(item.Id);
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
            if (Phase == StudyPhase.Failed) _queue.Tell(new QueueCommand.Withdraw(Study));
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
        if (Phase != StudyPhase.Running) return;
        KeepOffering();
        OfferEverything();
    }

    private void OfferEverything()
    {
        _open.Clear();
        foreach (var item in Ready()) Offer(item);
        TellOthers(null);
    }

    private void Offer(WorkItem item)
    {
        _open[item.Name] = item;
        _queue.Tell(new QueueCommand.Offer(item));
    }

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
