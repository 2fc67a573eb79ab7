using System.Collections.Immutable;

namespace Ivim.Domain.Cohorts;

/// <summary>The entries of a cohort with everything that is counted over them, kept up by each change.</summary>
internal sealed record CohortTable
{
    private static readonly CentreCount NoEntries = new("", 0, 0, 0, 0, 0, 0, 0);

    public static CohortTable Empty { get; } = new();

    public ImmutableList<CohortEntryState> Entries { get; private init; } = [];

    public ImmutableDictionary<string, int> Numbers { get; private init; } =
        ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, CentreCount> Centres { get; private init; } =
        ImmutableSortedDictionary.Create<string, CentreCount>(StringComparer.Ordinal);

    /// <summary>The last turn that each centre had.</summary>
    public ImmutableDictionary<string, long> Turns { get; private init; } =
        ImmutableDictionary.Create<string, long>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, int> Codes { get; private init; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    public WaitingEntries Waiting { get; private init; } = WaitingEntries.None;

    public ImmutableSortedSet<int> InFlight { get; private init; } = [];

    public int Running { get; private init; }

    public CohortTable Add(CohortEntryState entry)
    {
        int number = Entries.Count;
        var grown = this with
        {
            Entries = Entries.Add(entry), Numbers = Numbers.Add(entry.Entry.Pseudonym, number),
        };
        return grown.Count(entry, number, 1);
    }

    public CohortTable Set(int number, CohortEntryState next)
    {
        var before = Entries[number];
        if (before == next) return this;
        var without = Count(before, number, -1);
        return (without with { Entries = Entries.SetItem(number, next) }).Count(next, number, 1);
    }

    /// <summary>Changes every entry that is to change.</summary>
    public CohortTable SetAll(Func<CohortEntryState, CohortEntryState> change) =>
        Enumerable.Range(0, Entries.Count).Zip(Entries)
            .Aggregate(this, (table, entry) => table.Set(entry.First, change(entry.Second)));

    /// <summary>
    /// The entry that goes next: of the highest priority, of the centre with the fewest that run, of these the one
    /// whose last turn is longest ago; null if none waits.
    /// </summary>
    public int? Next()
    {
        (int Running, long Turn, int Entry)? best = null;
        foreach (var (centre, first) in Waiting.Foremost)
        {
            var rank = (Centres[centre].Running, Turns.GetValueOrDefault(centre), first);
            if (best is not { } leader || (rank.Running, rank.Item2).CompareTo((leader.Running, leader.Turn)) < 0)
                best = rank;
        }
        return best?.Entry;
    }

    private CohortTable Count(CohortEntryState entry, int number, int by)
    {
        var centre = Centres.GetValueOrDefault(entry.Entry.Centre, NoEntries with { Centre = entry.Entry.Centre });
        var counted = this with
        {
            Centres = Set(Centres, centre.Add(entry.Phase, by)),
            Codes = entry.Code.Length == 0 ? Codes : Set(Codes, entry.Code, Codes.GetValueOrDefault(entry.Code) + by),
            Turns = entry.Turn > Turns.GetValueOrDefault(entry.Entry.Centre)
                ? Turns.SetItem(entry.Entry.Centre, entry.Turn) : Turns,
            Running = Running + (entry.Phase == CohortEntryPhase.Running ? by : 0),
        };
        if (entry.IsInFlight)
            return counted with { InFlight = by > 0 ? InFlight.Add(number) : InFlight.Remove(number) };
        if (entry.Phase != CohortEntryPhase.Waiting) return counted;
        return counted with
        {
            Waiting = by > 0 ? Waiting.With(entry.Entry, number) : Waiting.Without(entry.Entry, number),
        };
    }

    private static ImmutableSortedDictionary<string, CentreCount> Set(
        ImmutableSortedDictionary<string, CentreCount> centres, CentreCount centre) =>
        centre.Total == 0 ? centres.Remove(centre.Centre) : centres.SetItem(centre.Centre, centre);

    private static ImmutableSortedDictionary<string, int> Set(
        ImmutableSortedDictionary<string, int> codes, string code, int count) =>
        count == 0 ? codes.Remove(code) : codes.SetItem(code, count);
}
