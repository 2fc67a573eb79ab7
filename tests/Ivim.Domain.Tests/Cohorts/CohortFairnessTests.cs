using Ivim.Domain.Cohorts;
using static Ivim.Domain.Tests.Cohorts.CohortGiven;

namespace Ivim.Domain.Tests.Cohorts;

public sealed class CohortFairnessTests
{
    [Fact]
    public void A_centre_with_many_studies_does_not_keep_a_small_one_waiting()
    {
        CohortEntry[] entries = [.. Enumerable.Range(0, 100).Select(number => Entry(number, "Big")),
            Entry(100, "Small"), Entry(101, "Small")];
        var cohort = Cohort(entries).Admitted(4);
        Assert.Equal([0, 1, 100, 101], cohort.InFlight);
    }

    [Fact]
    public void With_room_for_one_the_centres_take_turns()
    {
        CohortEntry[] entries = [.. "AAABBBCCC".Select((centre, number) => Entry(number, $"{centre}"))];
        var cohort = Cohort(entries);
        var order = "";
        for (int turn = 0; turn < entries.Length; turn++)
        {
            cohort = cohort.Admitted(1);
            int next = Assert.Single(cohort.InFlight);
            order += cohort.Entries[next].Entry.Centre;
            cohort = cohort.Published(next);
        }
        Assert.Equal("ABCABCABC", order);
    }

    [Fact]
    public void A_higher_priority_goes_first_whatever_its_centre()
    {
        var cohort = Cohort(Entry(0, "A"), Entry(1, "B", priority: 1), Entry(2, "B", priority: 1), Entry(3, "C", -1))
            .Admitted(3);
        Assert.Equal([0, 1, 2], cohort.InFlight);
        Assert.Equal([1L, 2L], [cohort.Entries[1].Turn, cohort.Entries[2].Turn]);
    }

    [Fact]
    public void A_smaller_limit_only_admits_less()
    {
        var cohort = Cohort(Entry(0), Entry(1), Entry(2)).Admitted(2);
        Assert.Empty(EventsOf(cohort.Admit(1)));
        var admitted = Assert.IsType<CohortEvent.Admitted>(Assert.Single(EventsOf(cohort.Admit(99))));
        Assert.Equal(2, Assert.Single(admitted.Entries));
    }
}
