using Akka.Actor;
using Akka.TestKit;
using Ivim.Actors.Studies;
using Ivim.Actors.Tests.Work;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Studies;

public sealed class StudyActorTests : ActorSpec
{
    private readonly TestProbe _queue;
    private readonly TestProbe _aggregators;

    public StudyActorTests() => (_queue, _aggregators) = (CreateTestProbe(), CreateTestProbe());

    [Fact]
    public void A_submission_is_answered_only_when_it_is_on_disk()
    {
        var (study, person) = (Study(Example.LeastSquares), CreateTestProbe());
        Journal.Hold();
        study.Tell(Example.Submit(Example.LeastSquares), person);
        AwaitWrite();
        person.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Assert.False(_queue.HasMessages);
        Journal.Release();
        person.ExpectMsg<StudyReply.Accepted>(Patience);
        Assert.IsType<StudyEvent.Submitted>(Assert.Single(Journal.Written));
    }

    [Fact]
    public void A_report_is_acknowledged_only_when_it_is_on_disk()
    {
        var study = Submitted(Example.LeastSquares);
        var (prepare, worker) = (Offered(_queue, ItemName.Prepare), CreateTestProbe());
        Journal.Hold();
        study.Tell(prepare.Finished(Example.Prepared(2)), worker);
        AwaitWrite();
        worker.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Journal.Release();
        Assert.Equal(prepare.Key, worker.ExpectMsg<ItemReceipt>(Patience).Key);
        Assert.IsType<StudyEvent.Prepared>(Journal.Written.Last());
    }

    [Fact]
    public void What_arrives_twice_is_answered_twice_and_written_once()
    {
        var study = Submitted(Example.LeastSquares);
        var prepare = Offered(_queue, ItemName.Prepare);
        Report(study, prepare.Finished(Example.Prepared(2)));
        Report(study, prepare.Finished(Example.Prepared(2)));
        Report(study, prepare.Finished(Example.Prepared(2) with { Reused = true }));
        Submit(study, Example.LeastSquares);
        Assert.Equal(2, Journal.Written.Count);
        var progress = Progress(study);
        Assert.Equal(StudyPhase.Running, progress.Phase);
        Assert.Equal(new StageCount(Stage.Train, 2, 0, 0), progress.Stages[1]);
    }

    [Fact]
    public void After_its_death_a_study_offers_what_is_open_without_being_told()
    {
        var first = Submitted(Example.LeastSquares);
        Report(first, Offered(_queue, ItemName.Prepare).Finished(Example.Prepared(2)));
        Report(first, Offered(_queue, ItemName.Maps(0, 0)).Finished(StudyPlan.Maps));
        Kill(first);
        var queue = CreateTestProbe();
        Study(Example.LeastSquares, queue);
        Assert.Equal(ItemName.Maps(1, 0), queue.ExpectMsg<QueueCommand.Offer>(Patience).Item.Name);
        _aggregators.FishForMessage<AggregateCommand.MergeSlab>(merge => merge.Slab == 0, Patience);
    }

    [Fact]
    public void What_a_queue_has_forgotten_is_offered_again()
    {
        var study = Submitted(Example.LeastSquares);
        var first = Offered(_queue, ItemName.Prepare);
        _queue.FishForMessage<QueueQuery.Holding>(_ => true, Patience);
        study.Tell(new QueueReply.Holding(first.Study, ItemOwner.Study, default));
        Assert.Equal(first.Key, Offered(_queue, ItemName.Prepare).Key);
    }

    [Fact]
    public void A_queue_that_knows_every_offer_is_told_none_again()
    {
        var study = Submitted(Example.LeastSquares);
        var first = Offered(_queue, ItemName.Prepare);
        for (int time = 0; time < 2; time++)
        {
            Assert.Equal(ItemOwner.Study, _queue.ExpectMsg<QueueQuery.Holding>(Patience).Owner);
            study.Tell(new QueueReply.Holding(first.Study, ItemOwner.Study,
                default(OfferTally).With(first.Name, first.Key)));
        }
    }

    [Fact]
    public void A_member_of_the_study_comes_before_its_slabs()
    {
        var study = Submitted(Example.TwoMembers);
        Report(study, Offered(_queue, ItemName.Prepare).Finished(Example.Prepared(2)));
        var weights = Offered(_queue, ItemName.Weights(1));
        Report(study, weights.Finished(StudyPlan.Weights));
        var maps = Offered(_queue, ItemName.Maps(1, 1));
        Assert.Equal(Example.Artifact($"{weights.Name} first"), maps.Input(StudyPlan.Weights).Artifact);
    }

    [Fact]
    public void The_aggregator_hears_of_a_slab_when_every_member_is_there()
    {
        var study = Submitted(Example.TwoMembers);
        Report(study, Offered(_queue, ItemName.Prepare).Finished(Example.Prepared(1)));
        Assert.Equal(1, _aggregators.FishForMessage<AggregateCommand.Open>(_ => true, Patience).SlabCount);
        WorkItem[] weights = [Offered(_queue, ItemName.Weights(0)), Offered(_queue, ItemName.Weights(1))];
        foreach (int member in new[] { 0, 1 })
        {
            Report(study, weights[member].Finished(StudyPlan.Weights));
            Report(study, Offered(_queue, ItemName.Maps(0, member)).Finished(StudyPlan.Maps));
        }
        var merge = _aggregators.FishForMessage<AggregateCommand.MergeSlab>(_ => true, Patience);
        Assert.Equal(["member-00", "member-01"], merge.Members.Select(member => member.Name));
    }

    [Fact]
    public void A_study_that_nobody_submitted_refuses_a_report()
    {
        var source = Submitted(Example.LeastSquares);
        var prepare = Offered(_queue, ItemName.Prepare);
        Kill(source);
        var stranger = Study(Example.TwoMembers);
        stranger.Tell(prepare.Finished(Example.Prepared(1)), TestActor);
        ExpectMsg<StudyReply.Rejected>(Patience);
    }

    [Fact]
    public void The_persistence_id_never_changes()
    {
        var aggregators = _aggregators.Ref;
        var study = ActorOfAsTestActorRef<StudyActor>(
            Props.Create(() => new StudyActor(new StudyId("st-0123"), aggregators, () => aggregators)));
        Assert.Equal("study-st-0123", study.UnderlyingActor.PersistenceId);
    }

    private IActorRef Study(Protocol protocol, TestProbe? queue = null)
    {
        var (id, to, aggregators) = (Example.StudyOf(protocol), (queue ?? _queue).Ref, _aggregators.Ref);
        return Sys.ActorOf(Props.Create(() => new StudyActor(id, to, () => aggregators)));
    }

    private IActorRef Submitted(Protocol protocol)
    {
        var study = Study(protocol);
        Submit(study, protocol);
        return study;
    }

    private void Submit(IActorRef study, Protocol protocol)
    {
        var person = CreateTestProbe();
        study.Tell(Example.Submit(protocol), person);
        person.ExpectMsg<StudyReply.Accepted>(Patience);
    }

    private StudyProgress Progress(IActorRef study)
    {
        var person = CreateTestProbe();
        study.Tell(new StudyQuery.Progress(Example.StudyOf(Example.LeastSquares)), person);
        return person.ExpectMsg<StudyProgress>(Patience);
    }
}
