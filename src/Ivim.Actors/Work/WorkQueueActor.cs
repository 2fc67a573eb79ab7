using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Failures = Ivim.Domain.Work.Failures;

namespace Ivim.Actors.Work;

/// <summary>
/// The cluster's one work queue. Memory only: owners offer again, workers renew or ask again. Rules:
/// <see cref="QueueState"/>.
/// </summary>
public sealed class WorkQueueActor : ReceiveActor, IWithTimers
{
    private readonly Dictionary<string, IActorRef> _workers = [];
    private readonly Dictionary<ItemId, IActorRef> _owners = [];
    private readonly LostWorkers _lost;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private QueueState _queue;

    /// <param name="firstEpoch">Above every epoch of an earlier queue: the start time serves.</param>
    /// <param name="obituaries">Tells a crash from a silence.</param>
    public WorkQueueActor(QueueRules rules, long firstEpoch, IWorkerObituaries obituaries)
    {
        _queue = new QueueState(rules, firstEpoch);
        _lost = new LostWorkers(obituaries, Context.GetLogger());
        Receive<QueueCommand>(Obey);
        Receive<Tick>(_ => PassTime());
        Receive<QueueQuery.Load>(_ => Sender.Tell(_queue.Load(_clock.Elapsed)));
        Receive<ItemReceipt>(receipt => _lost.Acknowledge(report => report.Key == receipt.Key));
        Receive<StudyReply.Rejected>(no => _lost.Acknowledge(report => report.Study == no.Study));
        Receive<StudyReply>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.FromMilliseconds(500));

    private void Obey(QueueCommand command)
    {
        switch (command)
        {
            case QueueCommand.Offer offer: _owners[offer.Item.Id] = Sender; break;
            case QueueCommand.Pull pull: _workers[pull.Worker.Name] = Sender; break;
            case QueueCommand.Renew renewal: _workers[renewal.Worker] = Sender; break;
        }
        Follow(_queue.Handle(command, _clock.Elapsed));
    }

    private void PassTime()
    {
        Follow(_queue.Tick(_clock.Elapsed));
        _lost.TellAgain(_clock.Elapsed, Self);
        foreach (var name in _workers.Keys.Where(name => !_queue.Knows(name)).ToList()) _workers.Remove(name);
    }

    private void Follow(QueueTurn turn)
    {
        _queue = turn.Next;
        foreach (var outcome in turn.Outcomes) Tell(outcome);
    }

    private void Tell(QueueOutcome outcome)
    {
        switch (outcome)
        {
            case QueueOutcome.Granted { Lease: var lease } granted:
                _workers.GetValueOrDefault(lease.Worker)?.Tell(new QueueReply.Leased(lease.Item, lease.Epoch));
                if (!granted.IsRepeated)
                    Publish(WorkFact.Of("leased", lease) with { Cause = lease.IsHedge ? "hedged" : null });
                break;
            case QueueOutcome.Adopted { Lease: var lease }:
                Publish(WorkFact.Of("adopted", lease));
                break;
            case QueueOutcome.Released { Lease: var lease }:
                Publish(WorkFact.Of("released", lease));
                break;
            case QueueOutcome.Lost { Lease: var lease }:
                TellLost(lease.Worker, lease.Item.Id, lease.Epoch);
                break;
            case QueueOutcome.Refused no:
                TellLost(no.Worker, no.Item, no.Epoch);
                Publish(new("refused")
                {
                    Study = no.Item.Study, Item = no.Item.Name, Worker = no.Worker, Epoch = no.Epoch,
                });
                break;
            case QueueOutcome.Expired { Lease: var lease } expired:
                Blame(lease, _lost.CauseOf(lease, expired.IsShared));
                break;
            case QueueOutcome.Hung { Lease: var lease }:
                TellLost(lease.Worker, lease.Item.Id, lease.Epoch);
                Blame(lease, Failures.WorkerHung(lease.Item.Name, lease.Fraction));
                break;
            case QueueOutcome.Settled settled:
                _owners.Remove(settled.Item);
                Publish(new("settled") { Study = settled.Item.Study, Item = settled.Item.Name });
                break;
        }
    }

    /// <summary>A worker that was dead when it got the item did not die of it.</summary>
    private void Blame(Lease lease, WorkFailure failure)
    {
        Publish(WorkFact.Of("expired", lease) with { Cause = $"{failure.Class}", Fraction = lease.Fraction });
        if (lease.FirstFraction is null) return;
        if (_owners.TryGetValue(lease.Item.Id, out var owner))
            _lost.Tell(owner, lease, failure, _clock.Elapsed, Self);
    }

    private void TellLost(string worker, ItemId item, long epoch) =>
        _workers.GetValueOrDefault(worker)?.Tell(new QueueReply.LeaseLost(item, epoch));

    private static void Publish(WorkFact fact) => Context.System.EventStream.Publish(fact);

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static Tick Instance { get; } = new();
    }
}
