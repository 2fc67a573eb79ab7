using System.Collections.Immutable;

namespace Ivim.Domain.Cohorts;

/// <summary>
/// Numbers of the entries that wait, by priority and centre: who is next costs no look at all of them.
/// </summary>
internal sealed class WaitingEntries
{
    private static readonly Comparer<int> HigherFirst = Comparer<int>.Create((left, right) => right.CompareTo(left));

    private static readonly ImmutableSortedDictionary<string, ImmutableSortedSet<int>> NoCentres =
        ImmutableSortedDictionary.Create<string, ImmutableSortedSet<int>>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<int, ImmutableSortedDictionary<string, ImmutableSortedSet<int>>> _all;

    private WaitingEntries(
        ImmutableSortedDictionary<int, ImmutableSortedDictionary<string, ImmutableSortedSet<int>>> all) => _all = all;

    public static WaitingEntries None { get; } = new(ImmutableSortedDictionary
        .Create<int, ImmutableSortedDictionary<string, ImmutableSortedSet<int>>>(HigherFirst));

    /// <summary>Centres that have an entry of the highest priority that waits, each with its first one.</summary>
    public IEnumerable<(string Centre, int First)> Foremost => _all.IsEmpty ? []
        : _all.First().Value.Select(centre => (centre.Key, centre.Value.Min));

    public WaitingEntries With(CohortEntry entry, int number)
    {
        var centres = _all.GetValueOrDefault(entry.Priority, NoCentres);
        var entries = centres.GetValueOrDefault(entry.Centre, []).Add(number);
        return new(_all.SetItem(entry.Priority, centres.SetItem(entry.Centre, entries)));
    }

    public WaitingEntries Without(CohortEntry entry, int number)
    {
        var centres = _all[entry.Priority];
        var entries = centres[entry.Centre].Remove(number);
        centres = entries.IsEmpty ? centres.Remove(entry.Centre) : centres.SetItem(entry.Centre, entries);
        return new(centres.IsEmpty ? _all.Remove(entry.Priority) : _all.SetItem(entry.Priority, centres));
    }
}
