using System.Collections.Immutable;

namespace Ivim.Domain.Cohorts;

/// <summary>A cohort as its events tell it: whose turn it is, and how each entry stands. Pure.</summary>
/// <remarks>
/// Each change costs the logarithm of the number of entries, but for those that concern all entries.
/// </remarks>
public sealed record CohortState
{
    private const int MostRecentEnds = 64;

    public static CohortState Unborn { get; } = new();

    public CohortId Id { get; private init; }

    public string ProtocolDocument { get; private init; } = "";

    /// <summary>Of the protocol in force: 1, and one more with every change; 0 before the first submission.</summary>
    public int Version { get; private init; }

    public string NumericClass { get; private init; } = "";

    public bool IsPaused { get; private init; }

    /// <summary>So many entries may run at a time; 0: as many as suit the workers.</summary>
    public int Limit { get; private init; }

    /// <summary>Admissions so far.</summary>
    public long Turns { get; private init; }

    /// <summary>When the last entries came to their ends, since the cohort last began or went on.</summary>
    public ImmutableArray<DateTimeOffset> RecentEnds { get; private init; } = [];

    internal CohortTable Table { get; private init; } = CohortTable.Empty;

    public bool Exists => Version > 0;

    public IReadOnlyList<CohortEntryState> Entries => Table.Entries;

    public IReadOnlyCollection<int> InFlight => Table.InFlight;

    public int Running => Table.Running;

    public ImmutableArray<CentreCount> Centres => [.. Table.Centres.Values];

    public ImmutableArray<CodeCount> Codes => [.. Table.Codes.Select(code => new CodeCount(code.Key, code.Value))];

    /// <summary>Nothing is waited for but a new word from outside.</summary>
    public bool IsAtRest => Table.InFlight.IsEmpty && (IsPaused || Table.Next() is null);

    /// <summary>The number of an entry; null if there is none of this pseudonym.</summary>
    public int? NumberOf(string pseudonym) => Table.Numbers.TryGetValue(pseudonym, out int number) ? number : null;

    /// <summary>The state whose parts these are.</summary>
    public static CohortState From(CohortStateSnapshot snapshot) => new()
    {
        Id = snapshot.Cohort,
        ProtocolDocument = snapshot.ProtocolDocument,
        Version = snapshot.Version,
        NumericClass = snapshot.NumericClass,
        IsPaused = snapshot.IsPaused,
        Turns = snapshot.Turns,
        RecentEnds = snapshot.RecentEnds,
        Limit = snapshot.Limit,
        Table = snapshot.Entries.Aggregate(CohortTable.Empty, (table, entry) => table.Add(entry)),
    };

    public CohortStateSnapshot ToSnapshot() =>
        new(Id, ProtocolDocument, Version, NumericClass, IsPaused, Turns, [.. Table.Entries], RecentEnds, Limit);

    /// <summary>Which events follow from a command. Pure: same state, same command, same events.</summary>
    public Decision<CohortEvent> Decide(CohortCommand command) => CohortDecisions.Of(this, command);

    /// <summary>Which events follow from what is heard of a study.</summary>
    public Decision<CohortEvent> Decide(CohortNews news) => CohortDecisions.Of(this, news);

    /// <summary>Whose turn it is, now that so many entries may run at a time.</summary>
    /// <param name="most">So many are admitted at once.</param>
    public Decision<CohortEvent> Admit(int limit, int most = 100)
    {
        if (!Exists || IsPaused) return Decision<CohortEvent>.Nothing;
        var chosen = ImmutableArray.CreateBuilder<int>();
        var state = this;
        while (state.Running < limit && chosen.Count < most && state.Table.Next() is { } next)
        {
            chosen.Add(next);
            state = state.Admitted(next);
        }
        return chosen.Count == 0 ? Decision<CohortEvent>.Nothing
            : Decision<CohortEvent>.Accept(new CohortEvent.Admitted(chosen.ToImmutable()));
    }

    /// <summary>The state after a fact. An unknown fact is corruption, so it throws.</summary>
    public CohortState Apply(CohortEvent fact) => fact switch
    {
        CohortEvent.Submitted e => this with
        {
            Id = e.Cohort, ProtocolDocument = e.ProtocolDocument, Version = 1, NumericClass = e.NumericClass,
        },
        CohortEvent.EntriesAdded e => this with { Table = e.Entries.Aggregate(Table, Add) },
        CohortEvent.ProtocolChanged e => this with
        {
            ProtocolDocument = e.ProtocolDocument, Version = Version + 1, RecentEnds = [],
            Table = Table.SetAll(WantUnderNewProtocol),
        },
        CohortEvent.Paused => this with { IsPaused = true },
        CohortEvent.Resumed => this with { IsPaused = false, RecentEnds = [] },
        CohortEvent.Admitted e => e.Entries.Aggregate(this, (state, entry) => state.Admitted(entry)),
        CohortEvent.Filed e => Set(e.Entry, entry => entry with { Study = e.Study }),
        CohortEvent.Refused e => End(e.Entry, CohortEntryPhase.Refused, e.Code, e.At),
        CohortEvent.Published e => End(e.Entry, CohortEntryPhase.Published, "", e.At),
        CohortEvent.Failed e => End(e.Entry, CohortEntryPhase.Failed, e.Code, e.At),
        CohortEvent.StudyCancelled e => Set(e.Entry, entry => entry with { Phase = CohortEntryPhase.Cancelled }),
        CohortEvent.Stopped e => Set(e.Entry, entry => entry.IsUnwanted
            ? entry with { Phase = CohortEntryPhase.Cancelled, IsUnwanted = false } : entry.Wait()),
        CohortEvent.EntryCancelled e => Set(e.Entry, entry => entry.Cancel()),
        CohortEvent.AllCancelled => this with { Table = Table.SetAll(entry => entry.Cancel()) },
        CohortEvent.EntryRetried e => Set(e.Entry, entry => entry.WaitAfresh()),
        CohortEvent.AllRetried e => this with
        {
            Table = Table.SetAll(entry => IsRetried(entry, e.WithCancelled) ? entry.WaitAfresh() : entry),
        },
        CohortEvent.LimitSet e => this with { Limit = e.Limit },
        _ => throw new InvalidOperationException($"no fold for {fact.GetType().Name}"),
    };

    /// <summary>How fast entries come to their ends of late; 0 while unknown.</summary>
    public double EntriesPerHour(DateTimeOffset now)
    {
        if (RecentEnds.Length < 2) return 0;
        double hours = (now - RecentEnds[0]).TotalHours;
        return hours > 0 ? (RecentEnds.Length - 1) / hours : 0;
    }

    internal static bool IsRetried(CohortEntryState entry, bool withCancelled) => entry.Phase switch
    {
        CohortEntryPhase.Failed or CohortEntryPhase.Refused => true,
        CohortEntryPhase.Cancelled => withCancelled,
        CohortEntryPhase.Stopping => withCancelled && entry.IsUnwanted,
        _ => false,
    };

    private static CohortTable Add(CohortTable table, CohortEntry entry) =>
        table.Numbers.TryGetValue(entry.Pseudonym, out int number)
            ? table.Set(number, table.Entries[number].WaitAfresh() with { Entry = entry })
            : table.Add(CohortEntryState.Of(entry));

    private static CohortEntryState WantUnderNewProtocol(CohortEntryState entry) =>
        entry.Phase == CohortEntryPhase.Cancelled || entry.IsUnwanted ? entry : entry.WaitAfresh();

    private CohortState Admitted(int number) => Set(number, entry => entry with
    {
        Phase = CohortEntryPhase.Running, Turn = Turns + 1, Version = Version, Study = CohortEntryState.NoStudy,
    }) with { Turns = Turns + 1 };

    private CohortState End(int number, CohortEntryPhase phase, string code, DateTimeOffset at) =>
        Set(number, entry => entry with { Phase = phase, Code = code, IsUnwanted = false }) with
        {
            RecentEnds = [.. RecentEnds.Length < MostRecentEnds ? RecentEnds : RecentEnds.RemoveAt(0), at],
        };

    private CohortState Set(int number, Func<CohortEntryState, CohortEntryState> change) =>
        this with { Table = Table.Set(number, change(Table.Entries[number])) };
}
