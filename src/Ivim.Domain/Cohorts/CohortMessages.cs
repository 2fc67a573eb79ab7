using System.Collections.Immutable;
using Ivim.Domain.Studies;

namespace Ivim.Domain.Cohorts;

/// <summary>What a cohort can be told. Each may arrive twice.</summary>
public abstract record CohortCommand(CohortId Cohort) : IForCohort
{
    /// <summary>So many entries one message or event holds: a few tens of KiB.</summary>
    public const int MostEntries = 250;

    /// <summary>The highest limit of a cohort.</summary>
    public const int MostAtATime = 10_000;

    /// <summary>Makes the cohort where there is none; entries that it does not have are added to it.</summary>
    public sealed record Submit(CohortId Cohort, string ProtocolDocument, string NumericClass,
        ImmutableArray<CohortEntry> Entries, DateTimeOffset At) : CohortCommand(Cohort);

    public sealed record ChangeProtocol(CohortId Cohort, string ProtocolDocument, DateTimeOffset At)
        : CohortCommand(Cohort);

    /// <summary>Nothing more is admitted; what runs goes on.</summary>
    public sealed record Pause(CohortId Cohort, DateTimeOffset At) : CohortCommand(Cohort);

    public sealed record Resume(CohortId Cohort, DateTimeOffset At) : CohortCommand(Cohort);

    /// <param name="Limit">So many entries may run at a time; 0: as many as suit the workers.</param>
    public sealed record SetLimit(CohortId Cohort, int Limit, DateTimeOffset At) : CohortCommand(Cohort);

    /// <param name="Pseudonym">Of one entry; empty for all.</param>
    public sealed record Cancel(CohortId Cohort, string Pseudonym, DateTimeOffset At) : CohortCommand(Cohort);

    /// <param name="Pseudonym">Of one entry; empty for all that failed or were refused.</param>
    /// <param name="WithCancelled">Cancelled ones as well, where all are meant.</param>
    public sealed record Retry(CohortId Cohort, string Pseudonym, bool WithCancelled, DateTimeOffset At)
        : CohortCommand(Cohort);
}

/// <summary>What a cohort can be asked.</summary>
public abstract record CohortQuery(CohortId Cohort) : IForCohort
{
    public sealed record Progress(CohortId Cohort) : CohortQuery(Cohort);

    /// <param name="Centre">Only of this one; empty for all.</param>
    /// <param name="Phase">Only these; unknown for all.</param>
    /// <param name="From">Number of the first entry to look at.</param>
    /// <param name="Most">So many entries at most.</param>
    public sealed record Entries(CohortId Cohort, string Centre, CohortEntryPhase Phase, int From, int Most)
        : CohortQuery(Cohort);
}

/// <summary>What a cohort answers, to a command after the last event is on disk.</summary>
public abstract record CohortReply(CohortId Cohort)
{
    public sealed record Accepted(CohortId Cohort) : CohortReply(Cohort);

    /// <param name="Code">Of a refusal that callers are to hear; null for what no caller should have sent.</param>
    public sealed record Rejected(CohortId Cohort, string Reason, string? Code = null) : CohortReply(Cohort);

    /// <param name="Next">Where the next page begins; -1 if there is none.</param>
    public sealed record Page(CohortId Cohort, ImmutableArray<CohortEntryState> Entries, int Next)
        : CohortReply(Cohort);
}

/// <summary>Entries of one centre by phase.</summary>
public sealed record CentreCount(
    string Centre, int Waiting, int Running, int Stopping, int Published, int Failed, int Cancelled, int Refused)
{
    public int Total => Waiting + Running + Stopping + Published + Failed + Cancelled + Refused;

    /// <summary>Entries that still have to come to an end.</summary>
    public int Open => Waiting + Running + Stopping;

    internal CentreCount Add(CohortEntryPhase phase, int count) => phase switch
    {
        CohortEntryPhase.Waiting => this with { Waiting = Waiting + count },
        CohortEntryPhase.Running => this with { Running = Running + count },
        CohortEntryPhase.Stopping => this with { Stopping = Stopping + count },
        CohortEntryPhase.Published => this with { Published = Published + count },
        CohortEntryPhase.Failed => this with { Failed = Failed + count },
        CohortEntryPhase.Cancelled => this with { Cancelled = Cancelled + count },
        CohortEntryPhase.Refused => this with { Refused = Refused + count },
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "not a phase of an entry"),
    };
}

/// <summary>Entries that failed or were refused for one reason.</summary>
public sealed record CodeCount(string Code, int Entries);

/// <summary>An entry that runs and does not get on at the moment.</summary>
/// <param name="Message">One line that begins with the code.</param>
public sealed record HeldUpEntry(string Pseudonym, string Centre, StudyId Study, string Code, string Message);

/// <summary>How a cohort stands.</summary>
/// <param name="Version">Of the protocol in force: 1, and one more with every change; 0 of no cohort.</param>
/// <param name="Limit">So many entries may run at a time.</param>
/// <param name="EntriesPerHour">Of late; 0 while unknown.</param>
public sealed record CohortProgress(
    CohortId Cohort,
    string ProtocolDocument,
    int Version,
    string NumericClass,
    bool IsPaused,
    int Limit,
    ImmutableArray<CentreCount> Centres,
    ImmutableArray<CodeCount> Codes,
    ImmutableArray<HeldUpEntry> HeldUp,
    double EntriesPerHour);
