using Ivim.Domain.Studies;

namespace Ivim.Domain.Cohorts;

public enum CohortEntryPhase
{
    Unknown = 0,

    /// <summary>Until there is room for it.</summary>
    Waiting = 1,

    /// <summary>Admitted; its study may not have a name yet.</summary>
    Running = 2,

    /// <summary>Its study is wanted no more, and has not confirmed that it has stopped.</summary>
    Stopping = 3,

    Published = 4,

    /// <summary>Its study has ended without maps.</summary>
    Failed = 5,

    Cancelled = 6,

    /// <summary>It never became a study: a file is missing, or is not what the manifest says.</summary>
    Refused = 7,
}

/// <summary>How an entry of a cohort stands.</summary>
/// <param name="Turn">The number of its last admission: tells a late answer from one that is waited for.</param>
/// <param name="Version">Of the protocol that it was last admitted under; 0 before.</param>
/// <param name="Study">Of its last admission; <see cref="NoStudy"/> while that has no name.</param>
/// <param name="Code">Why it failed or was refused; empty otherwise.</param>
/// <param name="IsUnwanted">Of one that is stopping: it is cancelled then, and does not wait again.</param>
public sealed record CohortEntryState(
    CohortEntry Entry,
    CohortEntryPhase Phase,
    long Turn,
    int Version,
    StudyId Study,
    string Code,
    bool IsUnwanted)
{
    public static StudyId NoStudy { get; } = new("");

    public bool HasStudy => Study.Value.Length > 0;

    /// <summary>Something of the world outside is waited for.</summary>
    public bool IsInFlight => Phase is CohortEntryPhase.Running or CohortEntryPhase.Stopping;

    public static CohortEntryState Of(CohortEntry entry) =>
        new(entry, CohortEntryPhase.Waiting, 0, 0, NoStudy, "", IsUnwanted: false);

    internal CohortEntryState Wait() =>
        this with { Phase = CohortEntryPhase.Waiting, Code = "", Study = NoStudy, IsUnwanted = false };

    /// <summary>Wanted again, from the beginning: a study that is at work has to stop first.</summary>
    internal CohortEntryState WaitAfresh() => Phase switch
    {
        CohortEntryPhase.Running when HasStudy => this with { Phase = CohortEntryPhase.Stopping, IsUnwanted = false },
        CohortEntryPhase.Stopping => this with { IsUnwanted = false },
        _ => Wait(),
    };

    /// <summary>Wanted no more; what has ended stays as it is.</summary>
    internal CohortEntryState Cancel() => Phase switch
    {
        CohortEntryPhase.Running when HasStudy => this with { Phase = CohortEntryPhase.Stopping, IsUnwanted = true },
        CohortEntryPhase.Stopping => this with { IsUnwanted = true },
        CohortEntryPhase.Running or CohortEntryPhase.Waiting => this with { Phase = CohortEntryPhase.Cancelled },
        _ => this,
    };
}
