using Ivim.Domain.Work;
using Failures = Ivim.Domain.Work.Failures;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>The queue with the habits of its actor, on one of the seed nodes.</summary>
internal sealed class SimulatedQueue(World world)
{
    private const int MostRepeats = 20;

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(500);

    private readonly List<Notice> _notices = [];
    private readonly HashSet<ItemId> _settled = [];
    private QueueState _state = Begin(world);
    private int _incarnation;

    public int Place { get; private set; }

    public QueueState State => _state;

    public void Start() => world.Time.After(TickInterval, () => Tick(_incarnation));

    /// <summary>Memory only: the new one, perhaps elsewhere, knows nothing.</summary>
    public void Restart()
    {
        _incarnation++;
        _notices.Clear();
        _settled.Clear();
        Place = world.Dice.Below(World.Seeds);
        _state = Begin(world);
        world.Work.NoteNewQueue();
        Start();
    }

    public void Tell(int from, object message)
    {
        int incarnation = _incarnation;
        world.Network.Send(from, Place, () =>
        {
            if (incarnation == _incarnation) Receive(message);
        });
    }

    private static QueueState Begin(World world) =>
        new(World.QueueRules, world.Time.Wall.ToUnixTimeMilliseconds()) { Safeguards = world.Rules.Safeguards };

    private void Receive(object message)
    {
        switch (message)
        {
            case ItemReceipt receipt: _notices.RemoveAll(notice => notice.Report.Key == receipt.Key); break;
            case QueueCommand command:
                if (command is QueueCommand.Offer offer) _settled.Remove(offer.Item.Id);
                if (command is QueueCommand.Settle settle) _settled.Add(settle.Item);
                var turn = _state.Handle(command, world.Time.Now);
                if (command is QueueCommand.Release release) CheckFence(release, turn);
                Follow(turn);
                break;
        }
    }

    /// <summary>Only its holder gives a lease back.</summary>
    private void CheckFence(QueueCommand.Release release, QueueTurn turn)
    {
        foreach (var outcome in turn.Outcomes)
            if (outcome is QueueOutcome.Released { Lease: var lease } && lease.Epoch != release.Epoch)
                world.Violate("I4", $"{release.Worker} gave back what {lease.Worker} works on");
    }

    private void Tick(int incarnation)
    {
        if (incarnation != _incarnation) return;
        Follow(_state.Tick(world.Time.Now));
        TellAgain();
        world.Invariants.CheckLeases(_state);
        world.Time.After(TickInterval, () => Tick(incarnation));
    }

    private void Follow(QueueTurn turn)
    {
        if (turn.Next.NextEpoch < _state.NextEpoch) world.Violate("I9", "epochs go back");
        _state = turn.Next;
        foreach (var outcome in turn.Outcomes) Follow(outcome);
    }

    private void Follow(QueueOutcome outcome)
    {
        bool isEnd = outcome is QueueOutcome.Expired or QueueOutcome.Hung or QueueOutcome.Lost or QueueOutcome.Released;
        if (isEnd) world.Work.NoteEnded();
        world.Trace?.Invoke($"queue: {outcome.GetType().Name} {About(outcome)}");
        switch (outcome)
        {
            case QueueOutcome.Granted { Lease: var lease } granted:
                if (_settled.Contains(lease.Item.Id)) world.Violate("I2", $"settled {lease.Item.Id} is granted");
                if (!granted.IsRepeated) world.Work.NoteLease(lease);
                TellWorker(lease.Worker, new QueueReply.Leased(lease.Item, lease.Epoch));
                break;
            case QueueOutcome.Lost { Lease: var lease }:
                TellWorker(lease.Worker, new QueueReply.LeaseLost(lease.Item.Id, lease.Epoch));
                break;
            case QueueOutcome.Refused no:
                TellWorker(no.Worker, new QueueReply.LeaseLost(no.Item, no.Epoch));
                break;
            case QueueOutcome.Expired { Lease: var lease } expired:
                if (lease.FirstFraction is not null) TellOwner(lease, CauseOf(lease, expired.IsShared));
                break;
            case QueueOutcome.Hung { Lease: var lease }:
                TellWorker(lease.Worker, new QueueReply.LeaseLost(lease.Item.Id, lease.Epoch));
                TellOwner(lease, Failures.WorkerHung(lease.Item.Name, lease.Fraction));
                break;
        }
    }

    private WorkFailure CauseOf(Lease lease, bool isShared)
    {
        var item = lease.Item.Name;
        if (!isShared && lease.MemoryShare >= QueueRules.OutOfMemoryShare)
            return Failures.OutOfMemory(item, lease.Fraction);
        if (!isShared && world.Obituaries.Contains(WorkerLabels.NodeOf(lease.Worker)))
            return Failures.WorkerCrashed(item, lease.Fraction);
        world.Blame.NoteSilence(lease.Item, lease.Fraction);
        return Failures.WorkerLost(item, lease.Fraction);
    }

    private void TellWorker(string worker, QueueReply reply)
    {
        if (world.FindSlot(worker) is { } slot)
            world.Network.Send(Place, slot.Node.Place, () => slot.Hear(reply));
    }

    private void TellOwner(Lease lease, WorkFailure failure)
    {
        var report = new ItemReport.Failed(lease.Item.Study, lease.Item.Name, lease.Item.Key, lease.Worker,
            lease.Epoch, failure);
        var notice = new Notice(lease.Item.Owner, report) { ToldAt = world.Time.Now };
        _notices.Add(notice);
        Tell(notice);
    }

    private void TellAgain()
    {
        _notices.RemoveAll(notice => notice.Repeats >= MostRepeats);
        foreach (var notice in _notices)
        {
            if (world.Time.Now - notice.ToldAt < TimeSpan.FromSeconds(3)) continue;
            (notice.ToldAt, notice.Repeats) = (world.Time.Now, notice.Repeats + 1);
            Tell(notice);
        }
    }

    private void Tell(Notice notice) =>
        world.StudyOf(notice.Report.Study).HomeOf(notice.Owner).Tell(Place, notice.Report);

    private static string About(QueueOutcome outcome) => outcome switch
    {
        QueueOutcome.Granted o => $"{o.Lease.Item.Id} {o.Lease.Worker} {o.Lease.Epoch}",
        QueueOutcome.Adopted o => $"{o.Lease.Item.Id} {o.Lease.Worker} {o.Lease.Epoch}",
        QueueOutcome.Lost o => $"{o.Lease.Item.Id} {o.Lease.Worker} {o.Lease.Epoch}",
        QueueOutcome.Refused o => $"{o.Item} {o.Worker} {o.Epoch}",
        QueueOutcome.Released o => $"{o.Lease.Item.Id} {o.Lease.Worker} {o.Lease.Epoch}",
        QueueOutcome.Expired o => $"{o.Lease.Item.Id} {o.Lease.Worker} {o.Lease.Epoch} shared {o.IsShared}",
        QueueOutcome.Hung o => $"{o.Lease.Item.Id} {o.Lease.Worker} {o.Lease.Epoch}",
        QueueOutcome.Settled o => $"{o.Item}",
        _ => "",
    };

    private sealed record Notice(ItemOwner Owner, ItemReport.Failed Report)
    {
        public TimeSpan ToldAt { get; set; }

        public int Repeats { get; set; }
    }
}
