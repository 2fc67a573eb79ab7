using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Ivim.Actors.Tests.Studies;
using Ivim.Actors.Work;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Work;

public sealed class WorkerActorTests : ActorSpec
{
    private static readonly WorkItem Maps = WorkerExamples.Item(ItemName.Maps(0, 0));
    private static readonly WorkResult Result = Example.Result(StudyPlan.Maps);

    private readonly TestProbe _queue;
    private readonly TestProbe _studies;
    private readonly TestProbe _aggregators;

    public WorkerActorTests() =>
        (_queue, _studies, _aggregators) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());

    [Fact]
    public void An_idle_worker_asks_again_and_again()
    {
        Worker(ScriptedRunner.Returning(Result));
        for (int i = 0; i < 3; i++)
            Assert.Equal("slot-0", _queue.ExpectMsg<QueueCommand.Pull>(Patience).Worker.Name);
    }

    [Fact]
    public void A_result_is_reported_until_it_is_acknowledged_and_then_the_next_item_is_asked_for()
    {
        var runner = ScriptedRunner.Returning(Result);
        var worker = Leased(runner, Maps, epoch: 7);
        for (int i = 0; i < 3; i++)
        {
            var report = _studies.ExpectMsg<ItemReport.Finished>(Patience);
            Assert.Equal((Maps.Key, true), (report.Key, report.Result.Agrees(Result)));
        }
        worker.Tell(new ItemReceipt(Maps.Study, WorkerExamples.Item(ItemName.Maps(9, 0)).Key));
        _studies.ExpectMsg<ItemReport.Finished>(Patience);
        worker.Tell(new ItemReceipt(Maps.Study, Maps.Key));
        Assert.Equal(Maps.Id, _queue.FishForMessage<QueueCommand.Settle>(_ => true, Patience).Item);
        _queue.FishForMessage<QueueCommand.Pull>(_ => true, Patience);
        Assert.Equal(1, runner.Runs);
    }

    [Fact]
    public void A_report_goes_to_the_owner_of_the_item()
    {
        var merge = WorkerExamples.Item(ItemName.Merge(3), ItemOwner.Aggregator);
        Leased(ScriptedRunner.Returning(Result), merge);
        Assert.Equal(merge.Key, _aggregators.ExpectMsg<ItemReport.Finished>(Patience).Key);
        Assert.False(_studies.HasMessages);
    }

    [Fact]
    public void A_report_that_its_owner_refuses_is_given_up()
    {
        var worker = Leased(ScriptedRunner.Returning(Result), Maps);
        _studies.ExpectMsg<ItemReport.Finished>(Patience);
        worker.Tell(new StudyReply.Rejected(Maps.Study, "the study does not exist"));
        _queue.FishForMessage<QueueCommand.Pull>(_ => true, Patience);
    }

    [Fact]
    public void The_lease_is_renewed_from_the_work_itself_and_a_lost_one_ends_it_without_a_report()
    {
        var runner = ScriptedRunner.Endless();
        var worker = Leased(runner, Maps, epoch: 7);
        for (int i = 0; i < 2; i++)
        {
            var renewal = _queue.FishForMessage<QueueCommand.Renew>(it => it.Fraction > 0, Patience);
            Assert.Equal(("slot-0", Maps.Id, 7, 0.5), (renewal.Worker, renewal.Item, renewal.Epoch, renewal.Fraction));
        }
        worker.Tell(new QueueReply.LeaseLost(Maps.Id, 6));
        _queue.FishForMessage<QueueCommand.Renew>(_ => true, Patience);
        worker.Tell(new QueueReply.LeaseLost(Maps.Id, 7));
        _queue.FishForMessage<QueueCommand.Pull>(_ => true, Patience);
        Assert.False(_studies.HasMessages);
        Assert.True(runner.Thread!.Join(Patience));
    }

    [Fact]
    public void A_second_lease_is_given_back_while_the_first_is_worked_on()
    {
        var worker = Leased(ScriptedRunner.Endless(), Maps, epoch: 7);
        var second = WorkerExamples.Item(ItemName.Maps(1, 0));
        worker.Tell(new QueueReply.Leased(second, 8));
        var released = _queue.FishForMessage<QueueCommand.Release>(_ => true, Patience);
        Assert.Equal(("slot-0", second.Id, 8), (released.Worker, released.Item, released.Epoch));
    }

    [Fact]
    public void Work_runs_on_a_thread_of_its_own()
    {
        var runner = ScriptedRunner.Returning(Result);
        Leased(runner, Maps);
        _studies.ExpectMsg<ItemReport.Finished>(Patience);
        Assert.False(runner.RanOnPool);
        Assert.Equal("ivim train/slab-000/member-00", runner.Thread!.Name);
    }

    [Fact]
    public void Work_outlives_its_actor_and_the_next_one_goes_on_renewing_and_reporting()
    {
        using var gate = new ManualResetEventSlim();
        var slot = Slot(new ScriptedRunner((_, _, cancellation) =>
        {
            gate.Wait(cancellation);
            return Result;
        }));
        var worker = Leased(slot, Maps, epoch: 7);
        _queue.FishForMessage<QueueCommand.Renew>(_ => true, Patience);
        Kill(worker);
        gate.Set();
        AwaitCondition(() => slot.Work is { IsEnded: true }, Patience);
        var next = Worker(slot);
        Assert.Equal(Maps.Key, _studies.ExpectMsg<ItemReport.Finished>(Patience).Key);
        Assert.Equal(7, _queue.FishForMessage<QueueCommand.Renew>(renewal => renewal.Fraction == 1, Patience).Epoch);
        next.Tell(new ItemReceipt(Maps.Study, Maps.Key));
        _queue.FishForMessage<QueueCommand.Pull>(_ => true, Patience);
    }

    [Fact]
    public void A_lease_that_is_told_twice_is_worked_on_once()
    {
        var runner = ScriptedRunner.Returning(Result);
        var worker = Leased(runner, Maps, epoch: 7);
        worker.Tell(new QueueReply.Leased(Maps, 7));
        _studies.ExpectMsg<ItemReport.Finished>(Patience);
        worker.Tell(new ItemReceipt(Maps.Study, Maps.Key));
        worker.Tell(new QueueReply.Leased(Maps, 7));
        Assert.Equal(7, _queue.FishForMessage<QueueCommand.Release>(_ => true, Patience).Epoch);
        Assert.Equal(1, runner.Runs);
    }

    [Fact]
    public void An_item_of_another_version_of_its_stage_is_given_back()
    {
        var runner = ScriptedRunner.Returning(Result);
        Leased(runner, Maps with { Recipe = [new("stage", "train/0")] }, epoch: 7);
        Assert.Equal(7, _queue.FishForMessage<QueueCommand.Release>(_ => true, Patience).Epoch);
        Assert.Equal(0, runner.Runs);
    }

    [Fact]
    public void A_drained_worker_cancels_its_work_gives_the_lease_back_and_asks_for_no_more()
    {
        var runner = ScriptedRunner.Endless();
        var worker = Leased(runner, Maps, epoch: 7);
        _queue.FishForMessage<QueueCommand.Renew>(_ => true, Patience);
        worker.Tell(new Drain(), TestActor);
        Assert.Equal("slot-0", ExpectMsg<Drained>(Patience).Worker);
        Assert.Equal(7, _queue.FishForMessage<QueueCommand.Release>(_ => true, Patience).Epoch);
        worker.Tell(new Drain(), TestActor);
        ExpectMsg<Drained>(Patience);
        Assert.False(_queue.HasMessages);
        Assert.False(_studies.HasMessages);
    }

    [Fact]
    public void A_drained_worker_delivers_the_report_that_it_has()
    {
        var worker = Leased(ScriptedRunner.Returning(Result), Maps, epoch: 7);
        _studies.ExpectMsg<ItemReport.Finished>(Patience);
        worker.Tell(new Drain(), TestActor);
        _studies.ExpectMsg<ItemReport.Finished>(Patience);
        Assert.False(HasMessages);
        worker.Tell(new ItemReceipt(Maps.Study, Maps.Key));
        ExpectMsg<Drained>(Patience);
    }

    [Fact]
    public void A_lack_of_memory_is_told_to_the_queue_with_the_lease_that_goes_back()
    {
        var worker = Leased(ScriptedRunner.Throwing(new InsufficientMemoryException()), Maps, epoch: 7);
        _studies.ExpectMsg<ItemReport.Failed>(Patience);
        worker.Tell(new ItemReceipt(Maps.Study, Maps.Key));
        var released = _queue.FishForMessage<QueueCommand.Release>(_ => true, Patience);
        Assert.Equal((7, true), (released.Epoch, released.OutOfMemory));
    }

    [Fact]
    public void A_failure_is_reported_with_its_class_and_the_epoch_of_its_lease()
    {
        var worker = Leased(ScriptedRunner.Throwing(new InsufficientMemoryException()), Maps, epoch: 7);
        var report = _studies.ExpectMsg<ItemReport.Failed>(Patience);
        Assert.Equal((FailureClass.OutOfMemory, "slot-0", 7), (report.Failure.Class, report.Worker, report.Epoch));
        worker.Tell(new ItemReceipt(Maps.Study, Maps.Key));
        _queue.FishForMessage<QueueCommand.Pull>(_ => true, Patience);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        Leased(ScriptedRunner.Throwing(new OperationCanceledException()), Maps);
        Assert.Equal("STAGE-FAILED", _studies.ExpectMsg<ItemReport.Failed>(Patience).Failure.Code);
    }

    /// <summary>The file system's messages quote paths, and paths carry names of people.</summary>
    [Fact]
    public void Neither_report_nor_log_quotes_the_message_of_an_exception()
    {
        const string canary = "MEIER-ANNA-4711";
        var log = CreateTestProbe();
        Sys.EventStream.Subscribe(log, typeof(Error));
        var cause = new UnauthorizedAccessException($"Access to the path '/data/{canary}' is denied.");
        var fault = new FileNotFoundException($"Could not find file '/data/{canary}/dwi.nii'", cause);
        Leased(ScriptedRunner.Throwing(fault), Maps);
        var report = _studies.ExpectMsg<ItemReport.Failed>(Patience);
        Assert.DoesNotContain(canary, report.ToString(), StringComparison.Ordinal);
        var error = log.ExpectMsg<Error>(Patience);
        Assert.DoesNotContain(canary, $"{error.Message} {error.Cause}", StringComparison.Ordinal);
        Assert.Contains(nameof(FileNotFoundException), $"{error.Message}", StringComparison.Ordinal);
        Assert.Contains(nameof(ScriptedRunner), $"{error.Message}", StringComparison.Ordinal);
    }

    private static WorkSlot Slot(ScriptedRunner runner) => new(WorkerExamples.Labels("slot-0"), runner);

    private IActorRef Worker(ScriptedRunner runner) => Worker(Slot(runner));

    private IActorRef Worker(WorkSlot slot)
    {
        var links = new WorkerLinks(_queue, _studies, _aggregators);
        return Sys.ActorOf(Props.Create(() => new WorkerActor(links, slot)));
    }

    private IActorRef Leased(ScriptedRunner runner, WorkItem item, long epoch = 1) => Leased(Slot(runner), item, epoch);

    private IActorRef Leased(WorkSlot slot, WorkItem item, long epoch = 1)
    {
        var worker = Worker(slot);
        _queue.ExpectMsg<QueueCommand.Pull>(Patience);
        worker.Tell(new QueueReply.Leased(item, epoch));
        return worker;
    }
}
