using Akka.Actor;
using Akka.TestKit;
using Ivim.Actors.Work;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Work;

public sealed class WorkQueueActorTests : ActorSpec
{
    private const long FirstEpoch = 1000;

    private static readonly TimeSpan Long = TimeSpan.FromHours(1), Short = TimeSpan.FromMilliseconds(300);

    private readonly TestObituaries _obituaries = new();

    [Fact]
    public void An_item_goes_to_a_worker_of_its_numeric_class()
    {
        var queue = Queue(Long);
        var (other, mine) = (CreateTestProbe(), CreateTestProbe());
        queue.Tell(new QueueCommand.Pull(WorkerExamples.Labels("other-0", "another-class")), other);
        queue.Tell(new QueueCommand.Pull(WorkerExamples.Labels("mine-0")), mine);
        queue.Tell(new QueueCommand.Offer(Item(0)));
        var leased = mine.ExpectMsg<QueueReply.Leased>(Patience);
        Assert.Equal((Item(0).Id, FirstEpoch), (leased.Item.Id, leased.Epoch));
        Assert.Equal((0, 1, 1), Counts(queue));
        Assert.False(other.HasMessages);
    }

    [Fact]
    public void Items_are_given_out_in_the_order_of_their_offers_and_each_once()
    {
        var queue = Queue(Long);
        foreach (int slab in new[] { 2, 0, 2, 1 }) queue.Tell(new QueueCommand.Offer(Item(slab)));
        Assert.Equal((3, 0, 0), Counts(queue));
        foreach (int slab in new[] { 2, 0, 1 })
            Assert.Equal(slab, Pull(queue, $"worker-{slab}").ExpectMsg<QueueReply.Leased>(Patience).Item.Name.Slab);
    }

    [Fact]
    public void An_item_that_was_given_back_goes_to_another_process_before_any_that_nobody_has_tried()
    {
        var queue = Queue(Long);
        foreach (int slab in new[] { 0, 1, 2 }) queue.Tell(new QueueCommand.Offer(Item(slab)));
        long epoch = Pull(queue, "first-0").ExpectMsg<QueueReply.Leased>(Patience).Epoch;
        Assert.Equal(1, Pull(queue, "second-0").ExpectMsg<QueueReply.Leased>(Patience).Item.Name.Slab);
        queue.Tell(new QueueCommand.Release("first-0", Item(0).Id, epoch));
        Assert.Equal(2, Pull(queue, "first-0").ExpectMsg<QueueReply.Leased>(Patience).Item.Name.Slab);
        Assert.Equal(0, Pull(queue, "third-0").ExpectMsg<QueueReply.Leased>(Patience).Item.Name.Slab);
    }

    [Fact]
    public void The_lease_of_a_silent_worker_goes_to_another_and_its_late_word_is_refused()
    {
        var queue = Queue(Short);
        queue.Tell(new QueueCommand.Offer(Item(0)));
        var silent = Pull(queue, "silent");
        long old = silent.ExpectMsg<QueueReply.Leased>(Patience).Epoch;
        // Workers repeat their question: one that was asked a lease time ago is as silent as the other.
        var asking = CreateTestProbe();
        var question = new QueueCommand.Pull(WorkerExamples.Labels("next"));
        bool HasAnswer()
        {
            queue.Tell(question, asking);
            return asking.HasMessages;
        }
        AwaitCondition(HasAnswer, Patience, Short / 6);
        var next = asking.ExpectMsg<QueueReply.Leased>(Patience);
        Assert.Equal(Item(0).Id, next.Item.Id);
        Assert.True(next.Epoch > old);
        queue.Tell(new QueueCommand.Renew("silent", Item(0).Id, Item(0).Key, old, 0.5, 0.1), silent);
        Assert.Equal(old, silent.ExpectMsg<QueueReply.LeaseLost>(Patience).Epoch);
        queue.Tell(new QueueCommand.Release("silent", Item(0).Id, old), silent);
        Assert.Equal(1, Load(queue).Leased + Load(queue).Ready);
    }

    [Fact]
    public void An_owner_may_ask_what_the_queue_knows_of_its_offers()
    {
        var (queue, owner) = (Queue(Long), CreateTestProbe());
        foreach (int slab in new[] { 2, 0, 2 }) queue.Tell(new QueueCommand.Offer(Item(slab)), owner);
        Pull(queue, "worker").ExpectMsg<QueueReply.Leased>(Patience);
        Assert.Equal(Tally(0, 2), Known());
        queue.Tell(new QueueCommand.Settle(Item(2).Id));
        Assert.Equal(Tally(0), Known());
        queue.Tell(new QueueCommand.Withdraw(Item(0).Study));
        Assert.Equal(default, Known());

        OfferTally Known()
        {
            queue.Tell(new QueueQuery.Holding(Item(0).Study, ItemOwner.Study), owner);
            return owner.ExpectMsg<QueueReply.Holding>(Patience).Offers;
        }

        OfferTally Tally(params int[] slabs) => slabs.Aggregate(default(OfferTally),
            (tally, slab) => tally.With(Item(slab).Name, Item(slab).Key));
    }

    [Fact]
    public void A_renewal_is_silent_while_the_lease_holds()
    {
        var queue = Queue(Long);
        queue.Tell(new QueueCommand.Offer(Item(0)));
        var worker = Pull(queue, "worker");
        long epoch = worker.ExpectMsg<QueueReply.Leased>(Patience).Epoch;
        queue.Tell(new QueueCommand.Renew("worker", Item(0).Id, Item(0).Key, epoch, 0.5, 0.1), worker);
        Assert.Equal((0, 1, 0), Counts(queue));
        Assert.False(worker.HasMessages);
    }

    [Fact]
    public void A_released_item_goes_to_the_next_worker()
    {
        var queue = Queue(Long);
        queue.Tell(new QueueCommand.Offer(Item(0)));
        var first = Pull(queue, "first");
        long epoch = first.ExpectMsg<QueueReply.Leased>(Patience).Epoch;
        queue.Tell(new QueueCommand.Release("first", Item(0).Id, epoch - 1), first);
        Assert.Equal((0, 1, 0), Counts(queue));
        queue.Tell(new QueueCommand.Release("first", Item(0).Id, epoch), first);
        Assert.Equal(epoch + 1, Pull(queue, "second").ExpectMsg<QueueReply.Leased>(Patience).Epoch);
    }

    [Fact]
    public void A_worker_whose_question_crosses_its_lease_is_told_the_same_lease_again()
    {
        var queue = Queue(Long);
        queue.Tell(new QueueCommand.Offer(Item(0)));
        long first = Pull(queue, "worker").ExpectMsg<QueueReply.Leased>(Patience).Epoch;
        Assert.Equal(first, Pull(queue, "worker").ExpectMsg<QueueReply.Leased>(Patience).Epoch);
    }

    [Fact]
    public void A_settled_item_is_gone_and_the_items_of_a_withdrawn_study_too()
    {
        var queue = Queue(Long);
        for (int slab = 0; slab < 3; slab++) queue.Tell(new QueueCommand.Offer(Item(slab)));
        var worker = Pull(queue, "worker");
        long epoch = worker.ExpectMsg<QueueReply.Leased>(Patience).Epoch;
        queue.Tell(new QueueCommand.Settle(Item(1).Id));
        Assert.Equal((1, 1, 0), Counts(queue));
        queue.Tell(new QueueCommand.Withdraw(Item(0).Study));
        Assert.Equal((0, 0, 0), Counts(queue));
        queue.Tell(new QueueCommand.Renew("worker", Item(0).Id, Item(0).Key, epoch, 0.9, 0.1), worker);
        worker.ExpectMsg<QueueReply.LeaseLost>(Patience);
    }

    [Fact]
    public void An_item_with_another_key_takes_its_place_from_the_worker_that_held_the_old_one()
    {
        var queue = Queue(Long);
        queue.Tell(new QueueCommand.Offer(Item(0)));
        var worker = Pull(queue, "worker");
        long epoch = worker.ExpectMsg<QueueReply.Leased>(Patience).Epoch;
        queue.Tell(new QueueCommand.Offer(Item(0) with { Key = new ContentKey("ff") }));
        queue.Tell(new QueueCommand.Renew("worker", Item(0).Id, Item(0).Key, epoch, 0.9, 0.1), worker);
        worker.ExpectMsg<QueueReply.LeaseLost>(Patience);
        Assert.Equal("ff", Pull(queue, "next").ExpectMsg<QueueReply.Leased>(Patience).Item.Key.Hex);
    }

    [Theory]
    [InlineData(WorkerEnd.Silent, 0.1, FailureClass.WorkerLost)]
    [InlineData(WorkerEnd.Crashed, 0.1, FailureClass.WorkerCrashed)]
    [InlineData(WorkerEnd.Silent, 0.95, FailureClass.OutOfMemory)]
    public void The_owner_hears_how_a_silent_worker_ended_until_it_says_so(
        WorkerEnd end, double memoryShare, FailureClass why)
    {
        _obituaries.End = end;
        var (queue, owner, facts) = (Queue(Short), CreateTestProbe(), CreateTestProbe());
        Sys.EventStream.Subscribe(facts, typeof(WorkFact));
        queue.Tell(new QueueCommand.Offer(Item(0)), owner);
        var worker = Pull(queue, "host-1-0");
        // Not after the answer: the lease may be over by then.
        var renewal = new QueueCommand.Renew("host-1-0", Item(0).Id, Item(0).Key, FirstEpoch, 0.25, memoryShare);
        queue.Tell(renewal, worker);
        var report = owner.ExpectMsg<ItemReport.Failed>(Patience);
        Assert.Equal((why, "host-1-0", FirstEpoch, 0.25),
            (report.Failure.Class, report.Worker, report.Epoch, report.Failure.Fraction));
        owner.ExpectMsg<ItemReport.Failed>(Patience);
        owner.Reply(new ItemReceipt(report.Study, report.Key));
        Assert.Equal($"{why}", facts.FishForMessage<WorkFact>(fact => fact.Fact == "expired", Patience).Cause);
    }

    [Fact]
    public void A_queue_that_knows_nothing_takes_over_what_its_workers_hold()
    {
        var (queue, worker) = (Queue(Long), CreateTestProbe());
        queue.Tell(new QueueCommand.Renew("host-1-0", Item(0).Id, Item(0).Key, 7, 0.5, 0.1), worker);
        queue.Tell(new QueueCommand.Offer(Item(0)));
        Assert.Equal((0, 1, 0), Counts(queue));
        queue.Tell(new QueueCommand.Renew("host-1-0", Item(0).Id, Item(0).Key, 7, 0.6, 0.1), worker);
        Assert.Equal(0.6, Assert.Single(Load(queue).Workers).Fraction);
        Assert.False(worker.HasMessages);
    }

    private static WorkItem Item(int slab) => WorkerExamples.Item(ItemName.Maps(slab, 0));

    private IActorRef Queue(TimeSpan leaseTime) =>
        Sys.ActorOf(Props.Create(() =>
            new WorkQueueActor(QueueRules.For(leaseTime), FirstEpoch, _obituaries)));

    private TestProbe Pull(IActorRef queue, string worker)
    {
        var probe = CreateTestProbe();
        queue.Tell(new QueueCommand.Pull(WorkerExamples.Labels(worker)), probe);
        return probe;
    }

    private (int Ready, int Leased, int Waiting) Counts(IActorRef queue)
    {
        var load = Load(queue);
        return (load.Ready, load.Leased, load.WaitingWorkers);
    }

    private QueueLoad Load(IActorRef queue)
    {
        var probe = CreateTestProbe();
        queue.Tell(new QueueQuery.Load(), probe);
        return probe.ExpectMsg<QueueLoad>(Patience);
    }

    private sealed class TestObituaries : IWorkerObituaries
    {
        public WorkerEnd End { get; set; }

        public WorkerEnd CauseOf(string worker) => End;
    }
}
