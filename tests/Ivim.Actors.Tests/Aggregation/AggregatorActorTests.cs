using Akka.Actor;
using Akka.TestKit;
using Ivim.Actors.Aggregation;
using Ivim.Actors.Tests.Studies;
using Ivim.Actors.Tests.Work;
using Ivim.Actors.Work;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Aggregation;

public sealed class AggregatorActorTests : ActorSpec
{
    private static readonly StudyId Id = Example.StudyOf(Example.TwoMembers);

    private static readonly WorkInput Frame = new(StudyPlan.Frame, Example.Artifact("frame"), new ContentKey("00"));

    private static readonly AggregateCommand.Open Open =
        new(Id, ProtocolJson.Write(Example.TwoMembers), Example.NumericClass, Frame, SlabCount: 2);

    private readonly TestProbe _queue;
    private readonly TestProbe _studies;
    private readonly IActorRef _aggregator;

    public AggregatorActorTests()
    {
        (_queue, _studies) = (CreateTestProbe(), CreateTestProbe());
        _aggregator = Aggregator(_queue);
    }

    [Fact]
    public void Maps_go_from_members_to_files_and_the_study_hears_of_it()
    {
        PublishOnce();
        var conclude = _studies.FishForMessage<StudyCommand.Conclude>(_ => true, Patience);
        Assert.Equal([new PublishedMap("D", Example.Artifact("D").Sha256)], conclude.Maps.ToArray());
        Assert.Equal((StudyPhase.Published, 1), (Progress().Phase, Progress().Round));
    }

    [Fact]
    public void A_command_is_answered_only_when_it_is_on_disk()
    {
        Journal.Hold();
        _aggregator.Tell(Open, TestActor);
        AwaitWrite();
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Journal.Release();
        ExpectMsg<StudyReply.Accepted>(Patience);
        Assert.IsType<AggregateEvent.Opened>(Assert.Single(Journal.Written));
    }

    [Fact]
    public void What_arrives_twice_is_answered_twice_and_written_once()
    {
        Tell(Open);
        Tell(Open);
        Tell(MergeSlab(0));
        Tell(MergeSlab(0));
        var merge = Offered(_queue, ItemName.Merge(0));
        Report(_aggregator, merge.Finished(AggregatePlan.Merged));
        Report(_aggregator, merge.Finished(AggregatePlan.Merged));
        Assert.Equal(
            [typeof(AggregateEvent.Opened), typeof(AggregateEvent.SlabReady), typeof(AggregateEvent.SlabMerged)],
            Journal.Written.Select(fact => fact.GetType()));
    }

    [Fact]
    public void After_its_death_an_aggregator_offers_what_is_open_without_being_told()
    {
        MergeBoth();
        Kill(_aggregator);
        var queue = CreateTestProbe();
        Aggregator(queue);
        Assert.Equal(ItemName.Assemble, queue.ExpectMsg<QueueCommand.Offer>(Patience).Item.Name);
    }

    [Fact]
    public void What_a_queue_has_forgotten_is_offered_again()
    {
        Tell(Open);
        Tell(MergeSlab(1));
        var first = Offered(_queue, ItemName.Merge(1));
        _queue.FishForMessage<QueueQuery.Holding>(_ => true, Patience);
        _aggregator.Tell(new QueueReply.Holding(first.Study, ItemOwner.Aggregator, default));
        Assert.Equal(first.Key, Offered(_queue, ItemName.Merge(1)).Key);
    }

    [Fact]
    public void Two_results_of_one_key_are_given_up_and_the_study_hears_of_it_until_it_has_heard()
    {
        Tell(Open);
        Tell(MergeSlab(0));
        var merge = Offered(_queue, ItemName.Merge(0));
        Report(_aggregator, merge.Finished(AggregatePlan.Merged));
        Report(_aggregator, merge.Finished(AggregatePlan.Merged, "second"));
        Assert.Equal("HASH-MISMATCH", GivenUp().Code);
        Tell(Open);
        Assert.Equal("HASH-MISMATCH", GivenUp().Code);
        _queue.FishForMessage<QueueCommand.Withdraw>(_ => true, Patience);
        Tell(new AggregateCommand.Reopen(Id));
        Assert.Equal(StudyPhase.Failed, Progress().Phase);
    }

    [Fact]
    public void Nothing_is_published_before_the_study_has_allowed_it()
    {
        MergeBoth();
        Report(_aggregator, Offered(_queue, ItemName.Assemble).Finished(Example.Result("D.nii.gz")));
        for (int time = 0; time < 2; time++) AskedForLeave(1);
        _aggregator.Tell(new StudyReply.Rejected(Id, "the study is cancelled"));
        _aggregator.Tell(new StudyReply.PublicationAllowed(Id, 2, 0));
        _aggregator.Tell(new StudyReply.PublicationAllowed(Id, 1, 1));
        Progress();
        AskedForLeave(1);
        while (_queue.HasMessages)
            Assert.False(_queue.ReceiveOne(Patience) is QueueCommand.Offer { Item.Name.Stage: Stage.Publish });
        Allow();
        Offered(_queue, ItemName.Publish);
    }

    [Fact]
    public void A_study_that_trusts_its_results_no_more_ends_the_aggregator()
    {
        MergeBoth();
        Report(_aggregator, Offered(_queue, ItemName.Assemble).Finished(Example.Result("D.nii.gz")));
        AskedForLeave(1);
        _aggregator.Tell(new StudyReply.Rejected(Id, "HASH-MISMATCH: found x", "HASH-MISMATCH"));
        Assert.Equal("HASH-MISMATCH", GivenUp().Code);
    }

    [Fact]
    public void A_cancellation_is_acknowledged_when_it_is_on_disk()
    {
        Tell(Open);
        Journal.Hold();
        _aggregator.Tell(new AggregateCommand.Cancel(Id, 0), TestActor);
        AwaitWrite();
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Journal.Release();
        Assert.Equal(0, ExpectMsg<StudyReply.CancelHeard>(Patience).Reopenings);
        Assert.IsType<AggregateEvent.Cancelled>(Journal.Written.Last());
    }

    [Fact]
    public void A_second_result_of_published_maps_is_an_alarm()
    {
        Tell(Open);
        foreach (int slab in new[] { 0, 1 }) Tell(MergeSlab(slab));
        var merge = Offered(_queue, ItemName.Merge(0));
        Report(_aggregator, merge.Finished(AggregatePlan.Merged));
        Report(_aggregator, Offered(_queue, ItemName.Merge(1)).Finished(AggregatePlan.Merged));
        Finish();
        Report(_aggregator, merge.Finished(AggregatePlan.Merged, "second"));
        var progress = Progress();
        Assert.Equal((StudyPhase.Published, "HASH-MISMATCH"), (progress.Phase, Assert.Single(progress.Alarms).Code));
    }

    [Fact]
    public void A_taken_destination_is_given_up_at_once()
    {
        MergeBoth();
        Report(_aggregator, Offered(_queue, ItemName.Assemble).Finished(Example.Result("D.nii.gz")));
        Allow();
        Report(_aggregator, Offered(_queue, ItemName.Publish).Failed(FailureClass.BadInput, "OUTPUT-TAKEN"));
        Assert.Equal("OUTPUT-TAKEN", GivenUp().Code);
    }

    [Fact]
    public void A_fault_of_the_machine_is_shown_counts_nothing_and_heals()
    {
        Tell(Open);
        Tell(MergeSlab(0));
        var merge = Offered(_queue, ItemName.Merge(0));
        int before = Journal.Written.Count;
        for (int epoch = 1; epoch <= 5; epoch++)
            Report(_aggregator, merge.Failed(FailureClass.Infrastructure, "DISK-FULL", epoch: epoch));
        Assert.Equal((StudyPhase.Running, "DISK-FULL"), (Progress().Phase, Progress().Failure?.Code));
        Assert.Equal(before, Journal.Written.Count);
        Report(_aggregator, Offered(_queue, ItemName.Merge(0)).Finished(AggregatePlan.Merged));
        Assert.Null(Progress().Failure);
    }

    [Fact]
    public void A_lost_map_of_a_member_is_asked_of_the_study()
    {
        Tell(Open);
        Tell(MergeSlab(0));
        var merge = Offered(_queue, ItemName.Merge(0));
        var lost = merge.Inputs[1].Artifact.Sha256;
        Report(_aggregator, merge.Failed(FailureClass.LostInput, "ARTIFACT-LOST", lost));
        Assert.Equal(lost, _studies.FishForMessage<StudyCommand.RecordLoss>(_ => true, Patience).ArtifactSha256);
    }

    [Fact]
    public void A_lost_merged_slab_is_merged_again()
    {
        MergeBoth();
        var assemble = Offered(_queue, ItemName.Assemble);
        var lost = assemble.Input(StudyPlan.SlabName(1)).Artifact.Sha256;
        Report(_aggregator, assemble.Failed(FailureClass.LostInput, "ARTIFACT-LOST", lost));
        Report(_aggregator, Offered(_queue, ItemName.Merge(1)).Finished(AggregatePlan.Merged));
        Assert.Equal(assemble.Key, Offered(_queue, ItemName.Assemble).Key);
    }

    [Fact]
    public void Files_that_are_missing_are_published_once_more_under_another_key()
    {
        var first = PublishOnce();
        Tell(new AggregateCommand.PublishAgain(Id, 1));
        Tell(new AggregateCommand.PublishAgain(Id, 1));
        Allow(round: 2);
        var second = Offered(_queue, ItemName.Publish);
        Assert.NotEqual(first.Key, second.Key);
        Assert.Equal((StudyPhase.Running, 2), (Progress().Phase, Progress().Round));
    }

    [Fact]
    public void A_journal_that_cannot_write_is_announced_and_nothing_is_promised()
    {
        var announced = CreateTestProbe();
        Sys.EventStream.Subscribe(announced, typeof(JournalFailed));
        Progress();
        Watch(_aggregator);
        Journal.WriteFault = new IOException("no room");
        var person = CreateTestProbe();
        _aggregator.Tell(Open, person);
        announced.ExpectMsg<JournalFailed>(Patience);
        ExpectTerminated(_aggregator, Patience);
        Assert.False(person.HasMessages);
    }

    private WorkItem PublishOnce()
    {
        MergeBoth();
        return Finish();
    }

    private WorkItem Finish()
    {
        Report(_aggregator, Offered(_queue, ItemName.Assemble).Finished(Example.Result("D.nii.gz", "D.json")));
        Allow();
        var publish = Offered(_queue, ItemName.Publish);
        Report(_aggregator, publish.Finished(new WorkResult(
            [PublishedMaps.Write("D", Example.Artifact("D").Sha256, 4)], [], Reused: false)));
        return publish;
    }

    private void MergeBoth()
    {
        Tell(Open);
        foreach (int slab in new[] { 0, 1 })
        {
            Tell(MergeSlab(slab));
            Report(_aggregator, Offered(_queue, ItemName.Merge(slab)).Finished(AggregatePlan.Merged));
        }
    }

    private static AggregateCommand.MergeSlab MergeSlab(int slab) => new(Id, slab,
    [
        new WorkInput("member-00", Example.Artifact($"maps {slab} 0"), new ContentKey("01")),
        new WorkInput("member-01", Example.Artifact($"maps {slab} 1"), new ContentKey("02")),
    ]);

    private IActorRef Aggregator(TestProbe queue)
    {
        var (to, studies) = (queue.Ref, _studies.Ref);
        return Sys.ActorOf(Props.Create(() => new AggregatorActor(Id, to, () => studies)));
    }

    private void Tell(AggregateCommand command)
    {
        var person = CreateTestProbe();
        _aggregator.Tell(command, person);
        person.ExpectMsg<StudyReply.Accepted>(Patience);
    }

    private void Allow(int round = 1)
    {
        AskedForLeave(round);
        _aggregator.Tell(new StudyReply.PublicationAllowed(Id, round, 0));
    }

    private void AskedForLeave(int round) =>
        _studies.FishForMessage<StudyCommand.AllowPublication>(ask => ask.Round == round, Patience);

    private WorkFailure GivenUp() => _studies.FishForMessage<StudyCommand.GiveUp>(_ => true, Patience).Failure;

    private AggregateProgress Progress()
    {
        var person = CreateTestProbe();
        _aggregator.Tell(new AggregateQuery.Progress(Id), person);
        return person.ExpectMsg<AggregateProgress>(Patience);
    }
}
