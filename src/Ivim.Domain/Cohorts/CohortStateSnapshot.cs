using System.Collections.Immutable;

namespace Ivim.Domain.Cohorts;

/// <summary>The parts of a <see cref="CohortState"/>: what its events so far come to. Only a cache of them.</summary>
public sealed record CohortStateSnapshot(
    CohortId Cohort,
    string ProtocolDocument,
    int Version,
    string NumericClass,
    bool IsPaused,
    long Turns,
    ImmutableArray<CohortEntryState> Entries,
    ImmutableArray<DateTimeOffset> RecentEnds,
    int Limit = 0);
