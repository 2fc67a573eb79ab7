using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.TestKit;
using Ivim.Actors.Studies;
using Ivim.Actors.Tests.Work;
using Ivim.Actors.Work;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Studies;

/// <summary>What a study tells the history, how it is cancelled, and its patience with its machine.</summary>
public sealed class StudyHistoryTests : ActorSpec
{
    private static readonly StudyId Id = Example.StudyOf(Example.LeastSquares);

    private readonly TestProbe _queue;
    private readonly TestProbe _aggregators;
    private readonly TestProbe _facts;
    private readonly TestProbe _region;
    private readonly ManualClock _clock = new();
    private readonly IActorRef _study;

    public StudyHistoryTests()
    {
        (_queue, _aggregators, _facts) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _region = CreateTestProbe();
        Sys.EventStream.Subscribe(_facts, typeof(WorkFact));
        var (queue, aggregators, clock) = (_queue.Ref, _aggregators.Ref, _clock);
        _study = _region.ChildActorOf(Props.Create(() => new StudyActor(Id, queue, () => aggregators, clock)));
        Submit();
    }

    [Fact]
    public void A_result_is_counted_once_and_every_further_word_of_it_is_told_apart()
    {
        var prepare = Offered(_queue, ItemName.Prepare);
        Report(_study, prepare.Finished(Example.Prepared(2)) with { Key = new("another") });
        Report(_study, prepare.Finished(Example.Prepared(2)));
        Report(_study, prepare.Finished(Example.Prepared(2)));
        var hash = Example.Prepared(2).OutputsSha256();
        string[] expected = ["submitted", "stale", "planned", "counted", "duplicate"];
        var facts = expected.Select(_ => _facts.ExpectMsg<WorkFact>(Patience)).ToList();
        Assert.Equal(expected, facts.Select(fact => fact.Fact));
        Assert.Equal((7, hash, hash), (facts[2].Total, facts[3].Hash, facts[4].Hash));
    }

    [Fact]
    public void A_mismatch_raises_an_alarm_and_ends_the_study()
    {
        var log = CreateTestProbe();
        Sys.EventStream.Subscribe(log, typeof(Error));
        var prepare = Offered(_queue, ItemName.Prepare);
        Report(_study, prepare.Finished(Example.Prepared(2)));
        Report(_study, prepare.Finished(Example.Prepared(3)));
        Assert.Equal("HASH-MISMATCH", Told("failed").Code);
        Assert.Equal(Example.Prepared(3).OutputsSha256(), Told("mismatch").Hash);
        Assert.Contains("two different results", $"{log.ExpectMsg<Error>(Patience)}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_study_withdraws_its_items_and_tells_its_aggregator_again_and_again()
    {
        var person = CreateTestProbe();
        var prepare = Offered(_queue, ItemName.Prepare);
        _study.Tell(new StudyCommand.Cancel(Id, DateTimeOffset.UnixEpoch), person);
        person.ExpectMsg<StudyReply.Accepted>(Patience);
        _queue.FishForMessage<QueueCommand.Withdraw>(_ => true, Patience);
        for (int time = 0; time < 2; time++)
            _aggregators.FishForMessage<AggregateCommand.Cancel>(cancel => cancel.Reopenings == 0, Patience);
        Report(_study, prepare.Finished(Example.Prepared(2)));
        Assert.Equal("cancelled", Told("cancelled").Fact);
        Assert.Equal("stale", Told("stale").Fact);
        Submit();
        Assert.Equal(prepare.Key, Offered(_queue, ItemName.Prepare).Key);
    }

    [Fact]
    public void A_cancelled_study_tells_its_aggregator_until_that_has_heard_and_stays_in_memory_until_then()
    {
        _study.Tell(new StudyCommand.Cancel(Id, DateTimeOffset.UnixEpoch));
        _aggregators.FishForMessage<AggregateCommand.Cancel>(_ => true, Patience);
        _study.Tell(Rest.Instance);
        _study.Tell(new StudyReply.CancelHeard(Id, 5));
        _aggregators.FishForMessage<AggregateCommand.Cancel>(_ => true, Patience);
        Assert.False(_region.HasMessages);
        _study.Tell(new StudyReply.CancelHeard(Id, 0));
        _study.Tell(Rest.Instance);
        Assert.IsType<PoisonPill>(_region.ExpectMsg<Passivate>(Patience).StopMessage);
    }

    [Fact]
    public void An_aggregator_that_asks_a_cancelled_study_hears_no_and_why()
    {
        _study.Tell(new StudyCommand.Cancel(Id, DateTimeOffset.UnixEpoch));
        _study.Tell(new StudyReply.CancelHeard(Id, 0));
        Progress();
        while (_aggregators.HasMessages) _aggregators.ReceiveOne(Patience);
        _study.Tell(new StudyCommand.AllowPublication(Id, 1, 0), _aggregators);
        _aggregators.FishForMessage<StudyReply.Rejected>(_ => true, Patience);
        _aggregators.FishForMessage<AggregateCommand.Cancel>(_ => true, Patience);
    }

    [Fact]
    public void A_machine_that_holds_a_study_up_for_a_day_ends_it()
    {
        var prepare = Offered(_queue, ItemName.Prepare);
        Report(_study, prepare.Failed(FailureClass.Infrastructure, "DISK-FULL", epoch: 1));
        _clock.Advance(HeldUpItems.Patience - TimeSpan.FromSeconds(1));
        Report(_study, prepare.Failed(FailureClass.Infrastructure, "DISK-FULL", epoch: 2));
        Assert.Equal(StudyPhase.Running, Progress().Phase);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Report(_study, prepare.Failed(FailureClass.Infrastructure, "DISK-FULL", epoch: 3));
        Assert.Equal((StudyPhase.Failed, "DISK-FULL"), (Progress().Phase, Progress().Failure?.Code));
    }

    [Fact]
    public void A_held_up_item_is_offered_again_only_after_its_pause()
    {
        var prepare = Offered(_queue, ItemName.Prepare);
        Report(_study, prepare.Failed(FailureClass.Infrastructure, "DISK-FULL"));
        _queue.FishForMessage<QueueCommand.Settle>(_ => true, Patience);
        for (int time = 0; time < 2; time++) _queue.ExpectMsg<QueueQuery.Holding>(Patience);
        _clock.Advance(HeldUpItems.FirstPause);
        Assert.Equal(prepare.Key, Offered(_queue, ItemName.Prepare).Key);
    }

    [Fact]
    public void A_study_that_is_over_leaves_the_memory()
    {
        _study.Tell(new StudyCommand.Cancel(Id, DateTimeOffset.UnixEpoch));
        _study.Tell(new StudyReply.CancelHeard(Id, 0));
        Assert.Equal(StudyPhase.Cancelled, Progress().Phase);
        _study.Tell(Rest.Instance);
        Assert.IsType<PoisonPill>(_region.ExpectMsg<Passivate>(Patience).StopMessage);
    }

    [Fact]
    public void A_study_that_is_over_withdraws_again_when_a_worker_has_not_heard()
    {
        var prepare = Offered(_queue, ItemName.Prepare);
        _study.Tell(new StudyCommand.Cancel(Id, DateTimeOffset.UnixEpoch));
        _queue.FishForMessage<QueueCommand.Withdraw>(_ => true, Patience);
        Report(_study, prepare.Failed(FailureClass.Application, "TEST"));
        _queue.FishForMessage<QueueCommand.Withdraw>(_ => true, Patience);
    }

    private WorkFact Told(string fact) => _facts.FishForMessage<WorkFact>(it => it.Fact == fact, Patience);

    private void Submit()
    {
        var person = CreateTestProbe();
        _study.Tell(Example.Submit(Example.LeastSquares), person);
        person.ExpectMsg<StudyReply.Accepted>(Patience);
    }

    private StudyProgress Progress()
    {
        var person = CreateTestProbe();
        _study.Tell(new StudyQuery.Progress(Id), person);
        return person.ExpectMsg<StudyProgress>(Patience);
    }
}
