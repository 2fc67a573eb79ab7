using System.Collections.Immutable;
using CsCheck;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>The laws of the work queue, under any sequence of commands.</summary>
public sealed class QueueStateTests
{
    /// <summary>A command, and the seconds that pass before it.</summary>
    private static readonly Gen<(QueueCommand? Command, int Seconds)> AnyMove = Gen.Select(
        Gen.Int[0, 7], Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[0, 3], Gen.Long[1, 12], Gen.Int[0, 12],
        (kind, item, study, worker, epoch, seconds) =>
            (Command(kind, Given.QueueItem(study, item), $"w{worker}-0", epoch), seconds));

    [Fact]
    public void No_item_has_two_first_leases_and_no_worker_two_leases() => AfterEveryMove((world, _) =>
        Held(world.Queue).Select(lease => lease.Worker).Distinct().Count() == Held(world.Queue).Count()
        && Held(world.Queue).Select(lease => lease.Epoch).Distinct().Count() == Held(world.Queue).Count()
        && world.Queue.Leases.Concat(world.Queue.Hedges).All(entry => entry.Key == entry.Value.Item.Id)
        && !world.Queue.Ready.Keys.Any(key => world.Queue.Leases.ContainsKey(key.Id)));

    [Fact]
    public void Every_offered_item_that_is_not_settled_is_either_ready_or_leased() => AfterEveryMove((world, _) =>
        world.Wanted.SetEquals(world.Queue.Ready.Keys.Select(key => key.Id).Concat(world.Queue.Leases.Keys))
        && world.Wanted.Count == world.Queue.Ready.Count + world.Queue.Leases.Count);

    [Fact]
    public void Epochs_grow_with_every_lease() => AfterEveryMove((_, granted) => granted.Select(lease => lease.Epoch)
        .Zip(granted.Select(lease => lease.Epoch).Skip(1)).All(pair => pair.First < pair.Second));

    [Fact]
    public void A_worker_gets_only_items_that_it_can_run() => AfterEveryMove((_, granted) =>
        granted.All(lease => Given.Worker(lease.Worker).CanRun(lease.Item)));

    /// <summary>But for an item that its process gave back within the lease time.</summary>
    [Fact]
    public void No_live_worker_waits_while_an_item_that_it_can_run_is_ready() => AfterEveryMove((world, _) =>
        !world.Queue.Waiting.Any(worker => world.HeardAt[worker.Name] >= world.Now - world.Queue.Rules.WaitTime
            && world.Queue.Ready.Values.Any(item => worker.CanRun(item) && !world.MayAvoid(worker, item))));

    [Fact]
    public void No_lease_is_older_than_its_deadline() => AfterEveryMove((world, _) =>
        Held(world.Queue).All(lease => lease.Deadline >= world.Now));

    [Fact]
    public void A_second_lease_goes_to_another_process_and_there_are_few() => AfterEveryMove((world, _) =>
        world.Queue.Hedges.All(entry => WorkerLabels.NodeOf(entry.Value.Worker)
            != WorkerLabels.NodeOf(world.Queue.Leases[entry.Key].Worker)));

    private static IEnumerable<Lease> Held(QueueState queue) => queue.Leases.Values.Concat(queue.Hedges.Values);

    private static void AfterEveryMove(Func<Observed, ImmutableArray<Lease>, bool> law) =>
        AnyMove.Array[0, 60].Sample(moves =>
        {
            var world = new Observed();
            return moves.All(move => law(world, world.Take(move.Command, move.Seconds)));
        }, iter: 500, threads: 1);

    private static QueueCommand? Command(int kind, WorkItem item, string worker, long epoch) => kind switch
    {
        0 or 1 => new QueueCommand.Offer(item),
        2 or 7 => new QueueCommand.Pull(Given.Worker(worker)),
        3 => new QueueCommand.Renew(worker, item.Id, item.Key, epoch, 0.5, 0.1),
        4 => new QueueCommand.Release(worker, item.Id, epoch),
        5 => new QueueCommand.Settle(item.Id),
        6 when epoch == 1 => new QueueCommand.Withdraw(item.Study),
        _ => null,
    };

    /// <summary>A queue as its actor drives it, beside the set of items that somebody wants.</summary>
    private sealed class Observed
    {
        public QueueState Queue { get; private set; } = new(QueueRules.For(Given.LeaseTime), 1);

        public HashSet<ItemId> Wanted { get; } = [];

        public Dictionary<string, TimeSpan> HeardAt { get; } = [];

        private Dictionary<(ItemId, string), TimeSpan> GivenBack { get; } = [];

        public TimeSpan Now { get; private set; }

        private ImmutableArray<Lease> Granted { get; set; } = [];

        public bool MayAvoid(WorkerLabels worker, WorkItem item) =>
            GivenBack.TryGetValue((item.Id, worker.Node), out var at) && Now - at <= Queue.Rules.LeaseTime;

        /// <summary>Every new lease that was ever granted, in order.</summary>
        public ImmutableArray<Lease> Take(QueueCommand? command, int seconds)
        {
            Now += TimeSpan.FromSeconds(seconds);
            if (command is QueueCommand.Renew any) command = Real(any);
            Note(command);
            if (command is not null) Follow(Queue.Handle(command, Now));
            Follow(Queue.Tick(Now));
            return Granted;
        }

        /// <summary>A worker renews only what it was once given: here any lease of the past.</summary>
        private QueueCommand.Renew? Real(QueueCommand.Renew any)
        {
            if (Granted.IsEmpty) return null;
            var lease = Granted[(int)(any.Epoch % Granted.Length)];
            return new QueueCommand.Renew(lease.Worker, lease.Item.Id, lease.Item.Key, lease.Epoch, 0.5, 0.1);
        }

        private void Follow(QueueTurn turn)
        {
            Queue = turn.Next;
            Granted = Granted.AddRange(turn.Outcomes.OfType<QueueOutcome.Granted>().Where(grant => !grant.IsRepeated)
                .Select(grant => grant.Lease));
            foreach (var outcome in turn.Outcomes)
                if (outcome is QueueOutcome.Released { Lease: var back }) NoteReturn(back);
                else if (outcome is QueueOutcome.Expired { Lease: var late }) NoteReturn(late);
                else if (outcome is QueueOutcome.Hung { Lease: var hung }) NoteReturn(hung);
        }

        /// <summary>What one process gave back counts for all that gave the item back before.</summary>
        private void NoteReturn(Lease lease)
        {
            GivenBack[(lease.Item.Id, WorkerLabels.NodeOf(lease.Worker))] = Now;
            foreach (var key in GivenBack.Keys.Where(key => key.Item1 == lease.Item.Id).ToList()) GivenBack[key] = Now;
        }

        private void Note(QueueCommand? command)
        {
            switch (command)
            {
                case QueueCommand.Offer c: Wanted.Add(c.Item.Id); break;
                case QueueCommand.Settle c: Wanted.Remove(c.Item); break;
                case QueueCommand.Withdraw c: Wanted.RemoveWhere(id => id.Study == c.Study); break;
                case QueueCommand.Pull c: HeardAt[c.Worker.Name] = Now; break;
                case QueueCommand.Renew c: HeardAt[c.Worker] = Now; break;
            }
        }
    }
}
