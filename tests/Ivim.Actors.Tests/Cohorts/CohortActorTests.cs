using Akka.Actor;
using Ivim.Actors.Cohorts;
using Ivim.Actors.Tests.Work;
using Ivim.Actors.Work;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Tests.Cohorts;

public sealed class CohortActorTests : ActorSpec
{
    private static readonly CohortId Id = CohortId.Of("Study of Anna Meier");
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Protocol = ProtocolJson.Write(new Protocol { Method = Methods.LeastSquares });
    private static readonly string Other = ProtocolJson.Write(new Protocol { Method = Methods.Segmented });
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50), Pause = TimeSpan.FromMilliseconds(20);

    private readonly CohortWorld _world = new();

    [Fact]
    public void A_submission_is_answered_only_when_it_is_on_disk()
    {
        var (cohort, person) = (Cohort(), CreateTestProbe());
        Journal.Hold();
        cohort.Tell(Submit(Entries(1)), person);
        AwaitWrite();
        person.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Journal.Release();
        person.ExpectMsg<CohortReply.Accepted>(Patience);
    }

    [Fact]
    public void Every_study_is_published_and_a_broken_one_delays_none()
    {
        var entries = Entries(12);
        _world.Refuse(entries[0].Pseudonym);
        var cohort = Submitted(entries);
        Await(cohort, _ =>
        {
            PublishAll();
            return Count(cohort, CohortEntryPhase.Published) == 11;
        });
        Assert.Equal("FILE-MISSING", Assert.Single(Progress(cohort).Codes).Code);
        Assert.InRange(_world.MostRunning, 1, CohortActor.LeastLimit);
        Assert.All(_world.Studies, study => Assert.Equal(1, _world.Submissions(study)));
    }

    [Fact]
    public void Reading_files_does_not_keep_a_caller_waiting()
    {
        _world.HoldFiling();
        var cohort = Submitted(Entries(3));
        Await(cohort, progress => progress.Centres.Sum(centre => centre.Running) == 3);
        Tell(cohort, new CohortCommand.Pause(Id, Noon));
        Assert.True(Progress(cohort).IsPaused);
        _world.ReleaseFiling();
        Await(cohort, _ => _world.Studies.Count == 3);
    }

    [Fact]
    public void Killed_and_back_it_asks_what_became_of_its_studies()
    {
        var first = Submitted(Entries(4));
        Await(first, _ => _world.Studies.Count == 4);
        Kill(first);
        PublishAll();
        var second = Cohort();
        Await(second, progress => progress.Centres.Sum(centre => centre.Published) == 4);
    }

    [Fact]
    public void Killed_before_the_study_was_begun_it_begins_it()
    {
        _world.IsSilent = true;
        var first = Submitted(Entries(2));
        AwaitCondition(() => Journal.Written.OfType<CohortEvent.Filed>().Count() == 2, Patience, Pause);
        Assert.Empty(_world.Studies);
        Assert.Equal("CLUSTER-SILENT", Progress(first).HeldUp[0].Code);
        Kill(first);
        _world.IsSilent = false;
        Cohort();
        AwaitCondition(() => _world.Studies.Count == 2, Patience, Pause);
    }

    [Fact]
    public void A_study_that_ends_is_noticed_at_once_where_its_end_is_said()
    {
        var cohort = Submitted(Entries(1), lookInterval: TimeSpan.FromHours(1));
        Await(cohort, _ => _world.Studies.Count == 1);
        var study = _world.Studies.Single();
        _world.End(study, StudyPhase.Published);
        Await(cohort, progress =>
        {
            Sys.EventStream.Publish(new WorkFact("published") { Study = study });
            return progress.Centres.Sum(centre => centre.Published) == 1;
        });
    }

    [Fact]
    public void A_cancelled_cohort_stops_its_studies_and_a_retry_goes_on()
    {
        var cohort = Submitted(Entries(6));
        Await(cohort, _ => _world.Studies.Count == 4);
        Tell(cohort, new CohortCommand.Cancel(Id, "", Noon));
        Await(cohort, progress => progress.Centres.Sum(centre => centre.Cancelled) == 6);
        Tell(cohort, new CohortCommand.Retry(Id, "", WithCancelled: true, Noon));
        Await(cohort, _ =>
        {
            PublishAll();
            return Count(cohort, CohortEntryPhase.Published) == 6;
        });
    }

    [Fact]
    public void Under_another_protocol_each_study_is_another_and_the_old_one_is_stopped()
    {
        var cohort = Submitted(Entries(2));
        Await(cohort, _ => _world.Studies.Count == 2);
        var old = _world.Studies.ToList();
        _world.End(old[0], StudyPhase.Published);
        Await(cohort, progress => progress.Centres.Sum(centre => centre.Published) == 1);
        Tell(cohort, new CohortCommand.ChangeProtocol(Id, Other, Noon));
        Await(cohort, _ => _world.Studies.Count == 4);
        Assert.Equal(StudyPhase.Cancelled, _world.PhaseOf(old[1]));
        PublishAll();
        Await(cohort, progress => (progress.Version, progress.Centres.Sum(centre => centre.Published)) == (2, 2));
    }

    [Fact]
    public void A_failed_study_can_be_tried_again()
    {
        var cohort = Submitted(Entries(1));
        Await(cohort, _ => _world.Studies.Count == 1);
        var study = _world.Studies.Single();
        _world.End(study, StudyPhase.Failed);
        Await(cohort, progress => progress.Codes.Any(code => code.Code == "STAGE-FAILED"));
        Tell(cohort, new CohortCommand.Retry(Id, "", WithCancelled: false, Noon));
        Await(cohort, _ => _world.Submissions(study) == 2);
        PublishAll();
        Await(cohort, progress => progress.Centres.Sum(centre => centre.Published) == 1);
    }

    [Fact]
    public void Entries_are_told_by_the_page()
    {
        var cohort = Submitted(Entries(9));
        var seen = new List<string>();
        for (int from = 0; from >= 0;)
        {
            var page = Ask<CohortReply.Page>(cohort,
                new CohortQuery.Entries(Id, "A", CohortEntryPhase.Unknown, from, 2));
            seen.AddRange(page.Entries.Select(entry => entry.Entry.Pseudonym));
            from = page.Next;
        }
        Assert.Equal(Entries(9).Where(entry => entry.Centre == "A").Select(entry => entry.Pseudonym), seen);
    }

    [Fact]
    public void The_persistence_id_never_changes()
    {
        var world = _world;
        var cohort = ActorOfAsTestActorRef<CohortActor>(
            Props.Create(() => new CohortActor(new CohortId("0123"), world, TimeProvider.System, Often)));
        Assert.Equal("cohort-0123", cohort.UnderlyingActor.PersistenceId);
    }

    private static CohortEntry[] Entries(int count) => [.. Enumerable.Range(0, count).Select(number =>
        new CohortEntry($"abcdefghijk{(char)('a' + number)}", number % 3 == 0 ? "B" : "A", new string('0', 64), 0))];

    private static CohortCommand.Submit Submit(CohortEntry[] entries) => new(Id, Protocol, "cpu", [.. entries], Noon);

    private IActorRef Cohort(TimeSpan? lookInterval = null)
    {
        var (world, interval) = (_world, lookInterval ?? Often);
        return Sys.ActorOf(Props.Create(() => new CohortActor(Id, world, TimeProvider.System, interval)));
    }

    private IActorRef Submitted(CohortEntry[] entries, TimeSpan? lookInterval = null)
    {
        var cohort = Cohort(lookInterval);
        Tell(cohort, Submit(entries));
        return cohort;
    }

    private void Tell(IActorRef cohort, CohortCommand command) => Ask<CohortReply.Accepted>(cohort, command);

    private T Ask<T>(IActorRef cohort, object question)
    {
        var person = CreateTestProbe();
        cohort.Tell(question, person);
        return person.ExpectMsg<T>(Patience);
    }

    private CohortProgress Progress(IActorRef cohort) => Ask<CohortProgress>(cohort, new CohortQuery.Progress(Id));

    private int Count(IActorRef cohort, CohortEntryPhase phase) => Ask<CohortReply.Page>(cohort,
        new CohortQuery.Entries(Id, "", phase, 0, 100)).Entries.Length;

    private void Await(IActorRef cohort, Predicate<CohortProgress> wanted) =>
        AwaitCondition(() => wanted(Progress(cohort)), Patience, Pause);

    private void PublishAll()
    {
        foreach (var study in _world.Studies)
            if (_world.PhaseOf(study) == StudyPhase.Running) _world.End(study, StudyPhase.Published);
    }
}
