using Ivim.Domain.Cohorts;
using static Ivim.Domain.Tests.Cohorts.CohortGiven;

namespace Ivim.Domain.Tests.Cohorts;

public sealed class CohortStateTests
{
    [Fact]
    public void Submitting_twice_changes_nothing_and_more_entries_are_added()
    {
        var cohort = Cohort(Entry(1), Entry(2));
        Assert.Empty(EventsOf(cohort.Decide(Submit(Entry(1), Entry(2)))));
        var added = Assert.IsType<CohortEvent.EntriesAdded>(
            Assert.Single(EventsOf(cohort.Decide(Submit(Entry(2), Entry(3))))));
        Assert.Equal([Entry(3)], added.Entries.AsEnumerable());
    }

    [Fact]
    public void The_same_cohort_under_another_protocol_or_class_is_refused()
    {
        var cohort = Cohort(Entry(1));
        AssertRejected("COHORT-DIFFERS", cohort.Decide(Submit(Entry(1)) with { ProtocolDocument = OtherProtocol }));
        AssertRejected("COHORT-DIFFERS", cohort.Decide(Submit(Entry(1)) with { NumericClass = "cuda" }));
    }

    [Theory]
    [InlineData("sub-anna", "A", 64)]
    [InlineData("abcdefghijkl-meier1x", "A", 64)]
    [InlineData("ABCDEFGHIJKL", "A", 64)]
    [InlineData("abcdefghijkl", "St. Anna", 64)]
    [InlineData("abcdefghijkl", "", 64)]
    [InlineData("abcdefghijkl", "A", 12)]
    public void What_could_hold_a_name_or_a_path_never_reaches_the_journal(string pseudonym, string centre, int hash) =>
        AssertRejected(null, CohortState.Unborn.Decide(
            Submit(new CohortEntry(pseudonym, centre, new string('a', hash), 0))));

    [Fact]
    public void A_limit_is_set_once_until_it_is_another_and_outlives_a_snapshot()
    {
        var limit = new CohortCommand.SetLimit(Id, 2, Given.Noon);
        var cohort = Cohort(Entry(1)).After(limit);
        Assert.Empty(EventsOf(cohort.Decide(limit)));
        Assert.Equal(2, CohortState.From(cohort.ToSnapshot()).Limit);
        Assert.Equal(0, cohort.After(limit with { Limit = 0 }).Limit);
        AssertRejected(null, cohort.Decide(limit with { Limit = -1 }));
        AssertRejected(null, cohort.Decide(limit with { Limit = CohortCommand.MostAtATime + 1 }));
    }

    [Fact]
    public void Nothing_can_be_told_to_a_cohort_that_does_not_exist() =>
        AssertRejected(null, CohortState.Unborn.Decide(new CohortCommand.Pause(Id, Given.Noon)));

    [Fact]
    public void A_paused_cohort_admits_nothing_and_what_runs_goes_on()
    {
        var cohort = Cohort(Entry(0), Entry(1)).Admitted(1).After(new CohortCommand.Pause(Id, Given.Noon));
        Assert.Empty(EventsOf(cohort.Admit(10)));
        cohort = cohort.Published(0).After(new CohortCommand.Resume(Id, Given.Noon)).Admitted(10);
        Assert.Equal((CohortEntryPhase.Published, CohortEntryPhase.Running), (cohort.PhaseOf(0), cohort.PhaseOf(1)));
    }

    [Fact]
    public void A_study_that_fails_or_is_refused_makes_room_and_can_be_tried_again()
    {
        var cohort = Cohort(Entry(0), Entry(1), Entry(2)).Admitted(1).Failed(0).Admitted(1);
        cohort = cohort.After(
            new CohortNews.Refused(1, cohort.Entries[1].Turn, "FILE-MISSING", Given.Noon)).Admitted(1);
        Assert.Equal(CohortEntryPhase.Running, cohort.PhaseOf(2));
        Assert.Equal([new CodeCount("FILE-MISSING", 1), new CodeCount("STAGE-FAILED", 1)], cohort.Codes.AsEnumerable());
        var again = cohort.After(new CohortCommand.Retry(Id, "", WithCancelled: false, Given.Noon));
        Assert.Equal((CohortEntryPhase.Waiting, CohortEntryPhase.Waiting), (again.PhaseOf(0), again.PhaseOf(1)));
        Assert.Empty(again.Codes);
        var one = cohort.After(new CohortCommand.Retry(Id, Entry(1).Pseudonym, WithCancelled: false, Given.Noon));
        Assert.Equal((CohortEntryPhase.Failed, CohortEntryPhase.Waiting), (one.PhaseOf(0), one.PhaseOf(1)));
    }

    [Fact]
    public void A_cancelled_cohort_stops_what_has_a_study_and_only_a_wish_brings_it_back()
    {
        var cohort = Cohort(Entry(0), Entry(1), Entry(2)).Admitted(2).Filed(0)
            .After(new CohortCommand.Cancel(Id, "", Given.Noon));
        Assert.Equal([CohortEntryPhase.Stopping, CohortEntryPhase.Cancelled, CohortEntryPhase.Cancelled],
            cohort.Entries.Select(entry => entry.Phase));
        cohort = cohort.Stopped(0);
        Assert.Equal(CohortEntryPhase.Cancelled, cohort.PhaseOf(0));
        Assert.True(cohort.IsAtRest);
        Assert.Empty(EventsOf(cohort.Decide(new CohortCommand.Retry(Id, "", WithCancelled: false, Given.Noon))));
        Assert.Equal(3, cohort.After(new CohortCommand.Retry(Id, "", WithCancelled: true, Given.Noon)).Admitted(9)
            .Running);
    }

    [Fact]
    public void Maps_that_were_published_before_the_cancellation_came_count() =>
        Assert.Equal(CohortEntryPhase.Published, Cohort(Entry(0)).Admitted(1).Filed(0)
            .After(new CohortCommand.Cancel(Id, Entry(0).Pseudonym, Given.Noon))
            .After(new CohortNews.Published(0, 1, Given.Noon)).PhaseOf(0));

    [Fact]
    public void Under_another_protocol_all_but_the_cancelled_ones_are_wanted_again_and_the_old_study_stops_first()
    {
        var cohort = Cohort(Entry(0), Entry(1), Entry(2), Entry(3), Entry(4)).Admitted(3).Published(0).Failed(1)
            .Filed(2).After(new CohortCommand.Cancel(Id, Entry(4).Pseudonym, Given.Noon))
            .After(new CohortCommand.ChangeProtocol(Id, OtherProtocol, Given.Noon));
        Assert.Equal(
            [
                CohortEntryPhase.Waiting, CohortEntryPhase.Waiting, CohortEntryPhase.Stopping,
                CohortEntryPhase.Waiting, CohortEntryPhase.Cancelled,
            ], cohort.Entries.Select(entry => entry.Phase));
        Assert.Equal(3, cohort.Admitted(9).Running);
        var stopped = cohort.After(new CohortNews.Published(2, 3, Given.Noon));
        Assert.Equal(CohortEntryPhase.Waiting, stopped.PhaseOf(2));
        Assert.Equal(2, stopped.Admitted(9).Entries[2].Version);
    }

    [Fact]
    public void The_same_protocol_again_changes_nothing() => Assert.Empty(EventsOf(Cohort(Entry(0)).Decide(
        new CohortCommand.ChangeProtocol(Id, Protocol, Given.Noon))));

    [Fact]
    public void An_entry_whose_manifest_has_changed_is_wanted_again()
    {
        var cohort = Cohort(Entry(0), Entry(1)).Admitted(2).Published(0).Filed(1)
            .After(Submit(Entry(0, hash: "1"), Entry(1, hash: "1")));
        Assert.Equal((CohortEntryPhase.Waiting, CohortEntryPhase.Stopping), (cohort.PhaseOf(0), cohort.PhaseOf(1)));
        Assert.Equal(Entry(1, hash: "1"), cohort.Entries[1].Entry);
        Assert.Equal(2, cohort.Stopped(1).Admitted(9).Running);
    }

    [Fact]
    public void A_late_word_about_an_earlier_admission_changes_nothing()
    {
        var cohort = Cohort(Entry(0)).Admitted(1).Failed(0)
            .After(new CohortCommand.Retry(Id, "", WithCancelled: false, Given.Noon)).Admitted(1).Filed(0);
        Assert.Empty(EventsOf(cohort.Decide(new CohortNews.Failed(0, 1, "STAGE-FAILED", Given.Noon))));
        Assert.Empty(EventsOf(cohort.Decide(new CohortNews.Filed(0, 2, StudyOf(0, 9)))));
        Assert.Empty(EventsOf(cohort.Decide(new CohortNews.Published(7, 2, Given.Noon))));
    }

    [Fact]
    public void The_pace_is_that_of_the_last_ends()
    {
        var cohort = Cohort(Entry(0), Entry(1), Entry(2)).Admitted(3);
        Assert.Equal(0, cohort.EntriesPerHour(Given.Noon));
        for (int number = 0; number < 3; number++)
            cohort = cohort.Filed(number).After(new CohortNews.Published(number, number + 1,
                Given.Noon.AddMinutes(10 * number)));
        Assert.Equal(6, cohort.EntriesPerHour(Given.Noon.AddMinutes(20)), 1e-9); // rounding of hours
    }

    private static void AssertRejected(string? code, Decision<CohortEvent> decision) =>
        Assert.Equal(code, Assert.IsType<Decision<CohortEvent>.Rejected>(decision).Code);
}
