using Akka.Actor;
using Akka.TestKit;
using Ivim.Actors.Studies;
using Ivim.Actors.Tests.Work;
using Ivim.Actors.Work;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Studies;

public sealed class StudyFailureTests : ActorSpec
{
    private readonly TestProbe _queue;
    private readonly TestProbe _aggregators;
    private readonly IActorRef _study;

    public StudyFailureTests()
    {
        (_queue, _aggregators) = (CreateTestProbe(), CreateTestProbe());
        _study = Study();
    }

    [Fact]
    public void Two_results_of_one_key_fail_the_study()
    {
        Submit();
        var prepare = Offered(_queue, ItemName.Prepare);
        Report(_study, prepare.Finished(Example.Prepared(2)));
        Report(_study, prepare.Finished(Example.Prepared(3)));
        var progress = Progress();
        Assert.Equal((StudyPhase.Failed, "HASH-MISMATCH"), (progress.Phase, progress.Failure?.Code));
        _queue.FishForMessage<QueueCommand.Withdraw>(_ => true, Patience);
    }

    [Fact]
    public void Bad_input_ends_the_study_at_once_and_a_new_submission_tries_again()
    {
        Submit();
        Report(_study, Offered(_queue, ItemName.Prepare).Failed(FailureClass.BadInput, "NIFTI-TRUNCATED"));
        Assert.Equal((StudyPhase.Failed, "NIFTI-TRUNCATED"), (Progress().Phase, Progress().Failure?.Code));
        _queue.FishForMessage<QueueCommand.Withdraw>(_ => true, Patience);
        Submit();
        Assert.Equal((StudyPhase.Running, null), (Progress().Phase, Progress().Failure));
        Offered(_queue, ItemName.Prepare);
        _aggregators.FishForMessage<AggregateCommand.Reopen>(_ => true, Patience);
    }

    [Fact]
    public void A_stage_that_throws_is_tried_three_times()
    {
        Submit();
        for (int attempt = 1; attempt <= ItemLedger.MaximumAttempts; attempt++)
        {
            Assert.Equal(StudyPhase.Running, Progress().Phase);
            var item = Offered(_queue, ItemName.Prepare);
            Report(_study, item.Failed(FailureClass.Application, "STAGE-FAILED", epoch: attempt));
            Report(_study, item.Failed(FailureClass.Application, "STAGE-FAILED", epoch: attempt));
        }
        Assert.Equal(StudyPhase.Failed, Progress().Phase);
        Assert.Equal(ItemLedger.MaximumAttempts + 1, Journal.Written.Count);
    }

    [Fact]
    public void A_fault_of_the_machine_is_shown_counts_nothing_and_heals()
    {
        Submit();
        var prepare = Offered(_queue, ItemName.Prepare);
        for (int epoch = 1; epoch <= 5; epoch++)
            Report(_study, prepare.Failed(FailureClass.Infrastructure, "DISK-FULL", epoch: epoch));
        Assert.Equal((StudyPhase.Running, "DISK-FULL"), (Progress().Phase, Progress().Failure?.Code));
        Assert.Single(Journal.Written);
        Report(_study, Offered(_queue, ItemName.Prepare).Finished(Example.Prepared(1)));
        Assert.Null(Progress().Failure);
    }

    [Fact]
    public void An_item_that_cannot_run_now_is_taken_out_of_the_queue_before_its_worker_asks_for_the_next()
    {
        Submit();
        var prepare = Offered(_queue, ItemName.Prepare);
        Report(_study, prepare.Failed(FailureClass.Infrastructure, "DISK-FULL"));
        Assert.Equal(prepare.Id, _queue.FishForMessage<QueueCommand.Settle>(_ => true, Patience).Item);
        Assert.Equal(prepare.Key, Offered(_queue, ItemName.Prepare).Key);
    }

    [Fact]
    public void A_lost_artifact_is_made_again_before_what_needs_it()
    {
        Submit();
        Report(_study, Offered(_queue, ItemName.Prepare).Finished(Example.Prepared(1)));
        var maps = Offered(_queue, ItemName.Maps(0, 0));
        var lost = maps.Input("slab").Artifact.Sha256;
        Report(_study, maps.Failed(FailureClass.LostInput, "ARTIFACT-LOST", lost));
        Assert.Equal(maps.Id, _queue.FishForMessage<QueueCommand.Settle>(s => s.Item == maps.Id, Patience).Item);
        Report(_study, Offered(_queue, ItemName.Prepare).Finished(Example.Prepared(1)));
        Assert.Equal(maps.Key, Offered(_queue, ItemName.Maps(0, 0)).Key);
        Assert.Null(Progress().Failure);
    }

    [Fact]
    public void A_lost_protocol_ends_the_study_until_a_submission_brings_it_again()
    {
        Submit();
        var prepare = Offered(_queue, ItemName.Prepare);
        Report(_study, prepare.Failed(FailureClass.LostInput, "ARTIFACT-LOST", prepare.Protocol.Sha256));
        Assert.Equal((StudyPhase.Failed, "PROTOCOL-LOST"), (Progress().Phase, Progress().Failure?.Code));
        Submit();
        Assert.Equal(prepare.Key, Offered(_queue, ItemName.Prepare).Key);
    }

    [Fact]
    public void A_journal_that_cannot_write_is_announced_and_nothing_is_promised()
    {
        var (person, announced) = (CreateTestProbe(), CreateTestProbe());
        Sys.EventStream.Subscribe(announced, typeof(JournalFailed));
        var study = Study();
        study.Tell(new StudyQuery.Progress(Example.StudyOf(Example.LeastSquares)), person);
        person.ExpectMsg<StudyProgress>(Patience);
        Watch(study);
        Journal.WriteFault = new IOException("no room");
        study.Tell(Example.Submit(Example.LeastSquares), person);
        Assert.Equal("no room", announced.ExpectMsg<JournalFailed>(Patience).Cause.Message);
        ExpectTerminated(study, Patience);
        Assert.False(person.HasMessages);
        Assert.False(_queue.HasMessages);
    }

    [Fact]
    public void A_journal_that_cannot_be_read_is_announced()
    {
        Submit();
        Kill(_study);
        var announced = CreateTestProbe();
        Sys.EventStream.Subscribe(announced, typeof(JournalFailed));
        Journal.ReplayFault = new InvalidDataException("a manifest of a later release");
        Study();
        Assert.IsType<InvalidDataException>(announced.ExpectMsg<JournalFailed>(Patience).Cause.GetBaseException());
    }

    private IActorRef Study()
    {
        var (id, queue, aggregators) = (Example.StudyOf(Example.LeastSquares), _queue.Ref, _aggregators.Ref);
        return Sys.ActorOf(Props.Create(() => new StudyActor(id, queue, () => aggregators)));
    }

    private void Submit()
    {
        var person = CreateTestProbe();
        _study.Tell(Example.Submit(Example.LeastSquares), person);
        person.ExpectMsg<StudyReply.Accepted>(Patience);
    }

    private StudyProgress Progress()
    {
        var person = CreateTestProbe();
        _study.Tell(new StudyQuery.Progress(Example.StudyOf(Example.LeastSquares)), person);
        return person.ExpectMsg<StudyProgress>(Patience);
    }
}
