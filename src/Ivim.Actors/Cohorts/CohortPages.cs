using System.Collections.Immutable;
using Ivim.Domain.Cohorts;

namespace Ivim.Actors.Cohorts;

/// <summary>What a cohort tells about its entries.</summary>
internal static class CohortPages
{
    /// <param name="most">More are on no page, whatever is asked for.</param>
    public static CohortReply.Page Of(CohortState cohort, CohortQuery.Entries query, int most)
    {
        var found = ImmutableArray.CreateBuilder<CohortEntryState>();
        int room = Math.Clamp(query.Most, 1, most);
        int number = Math.Max(0, query.From);
        foreach (var entry in Enumerable.Range(number, Math.Max(0, cohort.Entries.Count - number))
            .Select(at => cohort.Entries[at]))
        {
            if (found.Count == room) return new CohortReply.Page(query.Cohort, found.ToImmutable(), number);
            if (IsWanted(entry, query)) found.Add(entry);
            number++;
        }
        return new CohortReply.Page(query.Cohort, found.ToImmutable(), -1);
    }

    public static HeldUpEntry HeldUp(CohortEntryState entry, string code, string message) =>
        new(entry.Entry.Pseudonym, entry.Entry.Centre, entry.Study, code, message);

    private static bool IsWanted(CohortEntryState entry, CohortQuery.Entries query) =>
        (query.Centre.Length == 0 || entry.Entry.Centre == query.Centre)
        && (query.Phase == CohortEntryPhase.Unknown || entry.Phase == query.Phase);
}
