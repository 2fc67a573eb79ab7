using System.Collections.Immutable;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>A queue and its clock, with short words for what workers and owners say.</summary>
internal sealed class TimedQueue
{
    public QueueState State { get; private set; } = new(QueueRules.For(Given.LeaseTime), 1);

    public TimeSpan Now { get; private set; }

    public ImmutableArray<QueueOutcome> Outcomes { get; private set; } = [];

    public TimedQueue Offer(params int[] members)
    {
        foreach (int member in members) Say(new QueueCommand.Offer(Given.QueueItem(0, member)));
        return this;
    }

    /// <summary>The lease that a pulling worker gets; null where it waits.</summary>
    public Lease? Pull(string worker, long memory = 1)
    {
        Say(new QueueCommand.Pull(Given.Worker(worker, memory)));
        return Outcomes.OfType<QueueOutcome.Granted>().SingleOrDefault(grant => grant.Lease.Worker == worker)?.Lease;
    }

    public TimedQueue Renew(Lease lease, double fraction = 0.5, double memoryShare = 0) => Say(new QueueCommand.Renew(
        lease.Worker, lease.Item.Id, lease.Item.Key, lease.Epoch, fraction, memoryShare));

    public TimedQueue Settle(Lease lease) => Say(new QueueCommand.Settle(lease.Item.Id));

    public TimedQueue Say(QueueCommand command) => Follow(State.Handle(command, Now));

    public TimedQueue After(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return Follow(State.Tick(Now));
    }

    /// <summary>The machine of the queue died; a new one starts with nothing.</summary>
    public TimedQueue Restart()
    {
        State = new QueueState(State.Rules, State.NextEpoch + 1000);
        return this;
    }

    private TimedQueue Follow(QueueTurn turn)
    {
        (State, Outcomes) = (turn.Next, turn.Outcomes);
        return this;
    }
}
