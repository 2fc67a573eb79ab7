using System.Collections.Immutable;
using Ivim.Domain.Studies;

namespace Ivim.Domain.Cohorts;

/// <summary>What has happened to a cohort. Journaled for ever: a shape is never edited.</summary>
/// <remarks>An entry is told by its number, in the order of submission: events stay small.</remarks>
public abstract record CohortEvent
{
    private CohortEvent() { }

    public sealed record Submitted(CohortId Cohort, string ProtocolDocument, string NumericClass, DateTimeOffset At)
        : CohortEvent;

    /// <summary>New entries, and known ones (by pseudonym) whose entry in the manifest has changed.</summary>
    public sealed record EntriesAdded(ImmutableArray<CohortEntry> Entries) : CohortEvent;

    /// <summary>All entries but cancelled ones are wanted under another protocol.</summary>
    public sealed record ProtocolChanged(string ProtocolDocument, DateTimeOffset At) : CohortEvent;

    public sealed record Paused(DateTimeOffset At) : CohortEvent;

    public sealed record Resumed(DateTimeOffset At) : CohortEvent;

    /// <summary>It is their turn, in this order.</summary>
    public sealed record Admitted(ImmutableArray<int> Entries) : CohortEvent;

    /// <summary>The study of an admitted entry has a name; written before the study can exist.</summary>
    public sealed record Filed(int Entry, StudyId Study) : CohortEvent;

    /// <summary>The entry cannot become a study.</summary>
    public sealed record Refused(int Entry, string Code, DateTimeOffset At) : CohortEvent;

    public sealed record Published(int Entry, DateTimeOffset At) : CohortEvent;

    /// <summary>The study has ended without maps.</summary>
    public sealed record Failed(int Entry, string Code, DateTimeOffset At) : CohortEvent;

    /// <summary>Somebody has cancelled the study itself.</summary>
    public sealed record StudyCancelled(int Entry) : CohortEvent;

    /// <summary>A study that was to stop has stopped, or had ended before it heard of it.</summary>
    public sealed record Stopped(int Entry) : CohortEvent;

    public sealed record EntryCancelled(int Entry) : CohortEvent;

    public sealed record AllCancelled(DateTimeOffset At) : CohortEvent;

    public sealed record EntryRetried(int Entry) : CohortEvent;

    /// <summary>Every entry that failed or was refused is wanted again.</summary>
    /// <param name="WithCancelled">And every cancelled one.</param>
    public sealed record AllRetried(bool WithCancelled, DateTimeOffset At) : CohortEvent;

    /// <summary>So many entries may run at a time; 0: as many as suit the workers.</summary>
    public sealed record LimitSet(int Limit, DateTimeOffset At) : CohortEvent;
}
