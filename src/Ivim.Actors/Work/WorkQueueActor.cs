using System.Diagnostics;
using Akka.Actor;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>
/// The cluster's one work queue. Memory only: owners offer again, workers ask again. Rules: <see cref="QueueState"/>.
/// </summary>
public sealed class WorkQueueActor : ReceiveActor, IWithTimers
{
    private readonly Dictionary<string, IActorRef> _workers = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private QueueState _queue;

    /// <param name="leaseTime">How long a worker may be silent about its item.</param>
    /// <param name="firstEpoch">Above every epoch of an earlier queue: the start time serves.</param>
    public WorkQueueActor(TimeSpan leaseTime, long firstEpoch)
    {
        _queue = new QueueState(leaseTime, firstEpoch);
        Receive<QueueCommand.Offer>(c => Move(_queue.Offer(c.Item)));
        Receive<QueueCommand.Settle>(c => Move(_queue.Settle(c.Item)));
        Receive<QueueCommand.Withdraw>(c => Move(_queue.Withdraw(c.Study)));
        Receive<QueueCommand.Release>(c => Move(_queue.Release(c)));
        Receive<QueueCommand.Pull>(Welcome);
        Receive<QueueCommand.Renew>(Renew);
        Receive<Tick>(_ => Move(_queue.Expire(_clock.Elapsed)));
        Receive<QueueQuery.Load>(_ => Sender.Tell(
            new QueueLoad(_queue.Ready.Count, _queue.Leases.Count, _queue.Waiting.Count)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.FromMilliseconds(500));

    private void Welcome(QueueCommand.Pull pull)
    {
        _workers[pull.Worker] = Sender;
        Move(_queue.Pull(pull));
    }

    private void Renew(QueueCommand.Renew renewal)
    {
        if (_queue.Renew(renewal, _clock.Elapsed) is { } renewed) _queue = renewed;
        else Sender.Tell(new QueueReply.LeaseLost(renewal.Item, renewal.Epoch));
    }

    private void Move(QueueState next)
    {
        (_queue, var granted) = next.Match(_clock.Elapsed);
        foreach (var lease in granted) _workers[lease.Worker].Tell(new QueueReply.Leased(lease.Item, lease.Epoch));
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static Tick Instance { get; } = new();
    }
}
