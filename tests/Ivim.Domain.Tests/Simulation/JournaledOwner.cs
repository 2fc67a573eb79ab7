using System.Collections.Immutable;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>One incarnation of a study or an aggregator, on one of the seed nodes.</summary>
internal abstract class SimulatedOwner
{
    public required int Place { get; init; }

    public bool IsAlive { get; set; } = true;

    public abstract void Receive(object message, WorkerSlot? sender);
}

/// <summary>What a study and its aggregator share, with the habits of their actors.</summary>
internal abstract class JournaledOwner<TEvent>(World world, OwnerHome home, Journal<TEvent> journal)
    : SimulatedOwner
    where TEvent : class
{
    private static readonly TimeSpan OfferInterval = TimeSpan.FromSeconds(3);

    private readonly Dictionary<ItemName, WorkItem> _open = [];
    private readonly Queue<(object Message, WorkerSlot? Sender)> _stash = [];
    private HeldUpItems _heldUp = HeldUpItems.None;
    private int _sequence;
    private bool _isWriting;

    protected World World => world;

    protected abstract StudyId Id { get; }

    protected abstract StudyPhase Phase { get; }

    protected abstract void Fold(TEvent fact);

    protected abstract Decision<TEvent> Decide(object message);

    protected abstract IEnumerable<WorkItem> Ready();

    protected abstract IEnumerable<WorkItem> NewlyReady(TEvent fact);

    protected abstract bool IsOpen(ItemName name);

    /// <summary>What the rest of the system has to be told after a fact, or again.</summary>
    protected abstract void TellOthers(TEvent? fact);

    /// <summary>A command is obeyed, and what follows from it is on disk.</summary>
    protected virtual void AnswerYes(object message) { }

    protected virtual void AnswerNo(object message, Decision<TEvent>.Rejected no) { }

    protected virtual void AskForLostInput(string artifactSha256) { }

    /// <summary>All that an earlier incarnation left is in the journal.</summary>
    public void Recover()
    {
        foreach (var fact in journal.Events) Fold(fact);
        _sequence = journal.Events.Count;
        OfferAgain();
    }

    public override void Receive(object message, WorkerSlot? sender)
    {
        if (!IsAlive) return;
        if (_isWriting) _stash.Enqueue((message, sender));
        else Obey(message, sender);
    }

    private void Obey(object message, WorkerSlot? sender)
    {
        if (message is ItemReport report) Note(report);
        var decision = Decide(message);
        if (decision is Decision<TEvent>.Rejected no) AnswerNo(message, no);
        if (decision is not Decision<TEvent>.Accepted yes) return;
        if (yes.Events.IsEmpty) Answer(message, sender);
        else if (world.Chance(Fault.JournalHang)) WriteLater(yes.Events, message, sender);
        else Write(yes.Events, message, sender);
    }

    private void Write(ImmutableArray<TEvent> facts, object message, WorkerSlot? sender)
    {
        if (journal.Write(_sequence, facts) == Written.Failed)
        {
            home.Crash(this);
            return;
        }
        foreach (var fact in facts)
        {
            Fold(fact);
            _sequence++;
            React(fact);
        }
        Answer(message, sender);
    }

    /// <summary>The database hangs; an owner that dies meanwhile never learns what became of its write.</summary>
    private void WriteLater(ImmutableArray<TEvent> facts, object message, WorkerSlot? sender)
    {
        _isWriting = true;
        world.Time.After(world.Dice.Seconds(1, 15), () =>
        {
            _isWriting = false;
            if (IsAlive) Write(facts, message, sender);
            else if (world.Dice.Chance(0.5)) journal.Write(_sequence, facts);
            while (IsAlive && !_isWriting && _stash.TryDequeue(out var next)) Obey(next.Message, next.Sender);
        });
    }

    private void Answer(object message, WorkerSlot? sender)
    {
        AnswerYes(message);
        if (message is not ItemReport report) return;
        if (report is ItemReport.Finished done) CheckAnswer(done);
        if (Phase is StudyPhase.Failed or StudyPhase.Cancelled) TellQueue(new QueueCommand.Withdraw(report.Study));
        var receipt = new ItemReceipt(report.Study, report.Key);
        if (sender is null) world.Queue.Tell(Place, receipt);
        else world.Network.Send(Place, sender.Node.Place, () => sender.Hear(receipt));
    }

    /// <summary>Acknowledged means on disk; two results of one key never pass.</summary>
    private void CheckAnswer(ItemReport.Finished report)
    {
        if (Knows(report) && !world.Counted.ContainsKey(report.Key))
            world.Violate("I9", $"{report.Item} is acknowledged and not in the journal");
        if (Phase == StudyPhase.Running && Knows(report) && world.Counted.TryGetValue(report.Key, out var known)
            && !known.Agrees(report.Result))
            world.Violate("I2", $"another result of {report.Item} went unnoticed");
    }

    protected abstract bool Knows(ItemReport.Finished report);

    private void Note(ItemReport report)
    {
        if (report is not ItemReport.Failed failed)
        {
            _heldUp = _heldUp.Without(report.Item);
            return;
        }
        if (failed.Failure.Class is not (FailureClass.Infrastructure or FailureClass.LostInput)) return;
        if (_open.TryGetValue(report.Item, out var item) && item.Key == report.Key)
        {
            _heldUp = _heldUp.After(report.Item, world.Time.Now);
            TellQueue(new QueueCommand.Settle(item.Id));
        }
        if (failed.Failure.LostArtifact is { } lost) AskForLostInput(lost);
    }

    private void React(TEvent fact)
    {
        var ready = NewlyReady(fact).ToList();
        foreach (var name in _open.Keys.Where(name => !IsOpen(name)).ToList())
        {
            TellQueue(new QueueCommand.Settle(new ItemId(Id, name)));
            _open.Remove(name);
        }
        foreach (var item in ready) Offer(item);
        if (Phase is StudyPhase.Failed or StudyPhase.Cancelled) TellQueue(new QueueCommand.Withdraw(Id));
        TellOthers(fact);
    }

    /// <summary>Again and again, since a letter or the queue may be lost.</summary>
    private void OfferAgain()
    {
        if (!IsAlive) return;
        if (!_isWriting && Phase == StudyPhase.Running)
        {
            _open.Clear();
            foreach (var item in Ready()) Offer(item);
        }
        if (!_isWriting) TellOthers(null);
        world.Time.After(OfferInterval, OfferAgain);
    }

    private void Offer(WorkItem item)
    {
        _open[item.Name] = item;
        if (!_heldUp.Pauses(item.Name, world.Time.Now)) TellQueue(new QueueCommand.Offer(item));
    }

    private void TellQueue(QueueCommand command) => world.Queue.Tell(Place, command);
}
