using System.Globalization;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;

namespace Ivim.Domain.Tests.Cohorts;

/// <summary>Cohorts at the points of their lives that tests begin from.</summary>
internal static class CohortGiven
{
    public static CohortId Id { get; } = CohortId.Of("a name");

    public static string Protocol { get; } = ProtocolJson.Write(new Protocol { Method = Methods.LeastSquares });

    public static string OtherProtocol { get; } = ProtocolJson.Write(new Protocol { Method = Methods.Segmented });

    public static CohortEntry Entry(int number, string centre = "A", int priority = 0, string hash = "0") => new(
        PseudonymOf(number), centre, hash.PadLeft(64, '0'), priority);

    public static CohortCommand.Submit Submit(params CohortEntry[] entries) =>
        new(Id, Protocol, "cpu", [.. entries], Given.Noon);

    public static CohortState Cohort(params CohortEntry[] entries) => CohortState.Unborn.After(Submit(entries));

    public static CohortState After(this CohortState cohort, CohortCommand command) =>
        cohort.Follow(cohort.Decide(command));

    public static CohortState After(this CohortState cohort, CohortNews news) => cohort.Follow(cohort.Decide(news));

    public static CohortState Admitted(this CohortState cohort, int limit) => cohort.Follow(cohort.Admit(limit));

    public static CohortState Follow(this CohortState cohort, Decision<CohortEvent> decision) =>
        EventsOf(decision).Aggregate(cohort, (state, fact) => state.Apply(fact));

    public static IEnumerable<CohortEvent> EventsOf(Decision<CohortEvent> decision) =>
        Assert.IsType<Decision<CohortEvent>.Accepted>(decision).Events;

    public static CohortEntryPhase PhaseOf(this CohortState cohort, int number) => cohort.Entries[number].Phase;

    public static CohortState Filed(this CohortState cohort, int number) => cohort.After(
        new CohortNews.Filed(number, cohort.Entries[number].Turn, StudyOf(number, cohort.Version)));

    public static CohortState Published(this CohortState cohort, int number) => cohort.Filed(number).After(
        new CohortNews.Published(number, cohort.Entries[number].Turn, Given.Noon));

    public static CohortState Failed(this CohortState cohort, int number) => cohort.Filed(number).After(
        new CohortNews.Failed(number, cohort.Entries[number].Turn, "STAGE-FAILED", Given.Noon));

    public static CohortState Stopped(this CohortState cohort, int number) =>
        cohort.After(new CohortNews.Stopped(number, cohort.Entries[number].Turn));

    public static StudyId StudyOf(int number, int version) => new($"st-{number}-{version}");

    private static string PseudonymOf(int number) => string.Concat(
        number.ToString("D12", CultureInfo.InvariantCulture).Select(digit => (char)('a' + (digit - '0'))));
}
