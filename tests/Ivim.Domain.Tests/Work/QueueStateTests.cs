using System.Collections.Immutable;
using CsCheck;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>The laws of the work queue, under any sequence of commands.</summary>
public sealed class QueueStateTests
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);
    private static readonly string[] Classes = ["cpu", "cuda"];

    /// <summary>A command, and the seconds that pass before it.</summary>
    private static readonly Gen<(QueueCommand? Command, int Seconds)> AnyMove = Gen.Select(
        Gen.Int[0, 6], Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[0, 3], Gen.Long[1, 12], Gen.Int[0, 12],
        (kind, item, study, worker, epoch, seconds) =>
            (Command(kind, Item(study, item), $"w{worker}", epoch), seconds));

    [Fact]
    public void No_item_and_no_worker_ever_has_two_leases() => AfterEveryMove((world, _) =>
        world.Queue.Leases.Values.Select(lease => lease.Worker).Distinct().Count() == world.Queue.Leases.Count
        && world.Queue.Leases.All(entry => entry.Key == entry.Value.Item.Id)
        && !world.Queue.Ready.Keys.Any(key => world.Queue.Leases.ContainsKey(key.Id)));

    [Fact]
    public void Every_offered_item_that_is_not_settled_is_either_ready_or_leased() => AfterEveryMove((world, _) =>
        world.Wanted.SetEquals(world.Queue.Ready.Keys.Select(key => key.Id).Concat(world.Queue.Leases.Keys))
        && world.Wanted.Count == world.Queue.Ready.Count + world.Queue.Leases.Count);

    [Fact]
    public void Epochs_grow_with_every_lease() => AfterEveryMove((_, granted) => granted.Select(lease => lease.Epoch)
        .Zip(granted.Select(lease => lease.Epoch).Skip(1)).All(pair => pair.First < pair.Second));

    [Fact]
    public void A_worker_gets_only_items_of_its_numeric_class() => AfterEveryMove((_, granted) =>
        granted.All(lease => lease.Item.NumericClass == ClassOf(lease.Worker)));

    [Fact]
    public void No_worker_waits_while_an_item_of_its_class_is_ready() => AfterEveryMove((world, _) =>
        !world.Queue.Waiting.Any(worker => world.Queue.Ready.Values.Any(item =>
            item.NumericClass == worker.NumericClass)));

    [Fact]
    public void No_lease_is_older_than_its_deadline() => AfterEveryMove((world, _) =>
        world.Queue.Leases.Values.All(lease => lease.Deadline >= world.Now));

    [Fact]
    public void Items_are_given_out_in_the_order_in_which_they_were_offered()
    {
        var queue = Enumerable.Range(0, 5).Aggregate(New(), (state, index) => state.Offer(Item(0, 5 - index)));
        var granted = new List<ItemId>();
        for (int worker = 0; worker < 5; worker++)
        {
            (queue, var leases) = queue.Pull(new QueueCommand.Pull($"w{2 * worker + 1}",
                ClassOf("w1"))).Match(TimeSpan.Zero);
            granted.AddRange(leases.Select(lease => lease.Item.Id));
        }
        Assert.Equal(Enumerable.Range(0, 5).Select(index => Item(0, 5 - index)).Where(item =>
            item.NumericClass == ClassOf("w1"))
            .Select(item => item.Id), granted);
    }

    [Fact]
    public void An_expired_lease_goes_back_and_its_late_renewal_is_refused()
    {
        var (queue, granted) = New().Offer(Item(0, 0)).Pull(new QueueCommand.Pull("w0", "cpu")).Match(TimeSpan.Zero);
        var lease = Assert.Single(granted);
        var renewal = new QueueCommand.Renew("w0", lease.Item.Id, lease.Epoch, 0.5);
        Assert.NotNull(queue.Renew(renewal, LeaseTime));

        var expired = queue.Expire(LeaseTime + TimeSpan.FromTicks(1));

        Assert.Single(expired.Ready);
        Assert.Null(expired.Renew(renewal, LeaseTime));
    }

    [Fact]
    public void A_renewal_moves_the_deadline_and_the_fraction()
    {
        var (queue, granted) = New().Offer(Item(0, 0)).Pull(new QueueCommand.Pull("w0", "cpu")).Match(TimeSpan.Zero);
        var renewal = new QueueCommand.Renew("w0", granted[0].Item.Id, granted[0].Epoch, 0.5);

        var lease = queue.Renew(renewal, TimeSpan.FromSeconds(20))!.Leases[granted[0].Item.Id];

        Assert.Equal(TimeSpan.FromSeconds(50), lease.Deadline);
        Assert.Equal(0.5, lease.Fraction);
    }

    [Fact]
    public void An_item_whose_key_has_changed_is_taken_from_its_worker()
    {
        var (queue, granted) = New().Offer(Item(0, 0)).Pull(new QueueCommand.Pull("w0", "cpu")).Match(TimeSpan.Zero);

        queue = queue.Offer(Item(0, 0) with { Key = new ContentKey("changed") });

        Assert.Equal("changed", Assert.Single(queue.Ready.Values).Key.Hex);
        Assert.Null(queue.Renew(new QueueCommand.Renew("w0", granted[0].Item.Id, granted[0].Epoch, 0), TimeSpan.Zero));
    }

    private static void AfterEveryMove(Func<Observed, ImmutableArray<Lease>, bool> law) =>
        AnyMove.Array[0, 60].Sample(moves =>
        {
            var world = new Observed();
            return moves.All(move => law(world, world.Take(move.Command, move.Seconds)));
        }, iter: 500, threads: 1);

    private static QueueState New() => new(LeaseTime, 1);

    private static string ClassOf(string worker) => Classes[worker[^1] % 2];

    private static QueueCommand? Command(int kind, WorkItem item, string worker, long epoch) => kind switch
    {
        0 or 1 => new QueueCommand.Offer(item),
        2 => new QueueCommand.Pull(worker, ClassOf(worker)),
        3 => new QueueCommand.Renew(worker, item.Id, epoch, 0.5),
        4 => new QueueCommand.Release(worker, item.Id, epoch),
        5 => new QueueCommand.Settle(item.Id),
        6 when epoch == 1 => new QueueCommand.Withdraw(item.Study),
        _ => null,
    };

    private static WorkItem Item(int study, int member) => new(new StudyId($"st-{study}"), ItemOwner.Study,
        ItemName.Weights(member), new ContentKey($"key-{study}-{member}"), [], new ArtifactRef("protocol", 1), [],
        Classes[member % 2]);

    /// <summary>A queue as its actor drives it, beside the set of items that somebody wants.</summary>
    private sealed class Observed
    {
        public QueueState Queue { get; private set; } = New();

        public HashSet<ItemId> Wanted { get; } = [];

        public TimeSpan Now { get; private set; }

        private ImmutableArray<Lease> Granted { get; set; } = [];

        /// <summary>Every lease that was ever granted, in order.</summary>
        public ImmutableArray<Lease> Take(QueueCommand? command, int seconds)
        {
            Now += TimeSpan.FromSeconds(seconds);
            var (next, granted) = Obey(command).Expire(Now).Match(Now);
            (Queue, Granted) = (next, Granted.AddRange(granted));
            return Granted;
        }

        private QueueState Obey(QueueCommand? command)
        {
            switch (command)
            {
                case QueueCommand.Offer c: Wanted.Add(c.Item.Id); return Queue.Offer(c.Item);
                case QueueCommand.Settle c: Wanted.Remove(c.Item); return Queue.Settle(c.Item);
                case QueueCommand.Withdraw c: Wanted.RemoveWhere(id =>
                    id.Study == c.Study); return Queue.Withdraw(c.Study);
                case QueueCommand.Pull c: return Queue.Pull(c);
                case QueueCommand.Renew c: return Queue.Renew(c, Now) ?? Queue;
                case QueueCommand.Release c: return Queue.Release(c);
                default: return Queue;
            }
        }
    }
}
