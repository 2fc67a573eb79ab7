namespace Ivim.Hosting.Api;

/// <summary>How a cohort stands.</summary>
public sealed record CohortView
{
    public required string Name { get; init; }

    /// <summary>16 hexadecimal digits: its folder in the work folder.</summary>
    public required string Cohort { get; init; }

    /// <summary>One of <see cref="CohortPhases"/>.</summary>
    public required string Phase { get; init; }

    /// <summary>SHA-256 of the canonical protocol in force.</summary>
    public required string Protocol { get; init; }

    /// <summary>1, and one more with every change of the protocol.</summary>
    public required int ProtocolVersion { get; init; }

    /// <summary>So many entries may run at a time.</summary>
    public required int Limit { get; init; }

    public required IReadOnlyList<CentreView> Centres { get; init; }

    /// <summary>Entries that failed or were refused, by code.</summary>
    public required IReadOnlyList<CodeView> Codes { get; init; }

    /// <summary>Entries that do not get on at the moment, and why; some of very many.</summary>
    public required IReadOnlyList<HeldUpView> HeldUp { get; init; }

    /// <summary>Of late; 0 while unknown.</summary>
    public required double EntriesPerHour { get; init; }

    /// <summary>Until the last entry ends at this pace; null while unknown, paused or ended.</summary>
    public required double? SecondsLeft { get; init; }
}

/// <summary>The phases of a cohort, as callers read them.</summary>
public static class CohortPhases
{
    public const string Running = "running", Paused = "paused", Ended = "ended";

    /// <summary>Of a cohort in a list that did not answer: nobody knows how it stands.</summary>
    public const string Silent = "silent";
}

/// <summary>Entries of a centre by phase.</summary>
public sealed record CentreView(string Centre, int Total, int Waiting, int Running, int Stopping, int Published,
    int Failed, int Cancelled, int Refused);

public sealed record CodeView(string Code, int Entries);

/// <param name="Entry">Its pseudonym.</param>
/// <param name="Study">Empty while it has no study yet.</param>
public sealed record HeldUpView(string Entry, string Centre, string Study, string Code, string Message);

public sealed record CohortList(IReadOnlyList<CohortView> Cohorts);

/// <param name="Entry">Its pseudonym.</param>
/// <param name="Phase">`waiting`, `running`, `stopping`, `published`, `failed`, `cancelled` or `refused`.</param>
/// <param name="Study">The study of its last admission; empty before.</param>
/// <param name="ProtocolVersion">That it was last admitted under; 0 before.</param>
/// <param name="Code">Why it failed or was refused; empty otherwise.</param>
public sealed record EntryView(string Entry, string Centre, int Priority, string Phase, string Study,
    int ProtocolVersion, string Code);

/// <param name="Next">Where the next page begins; null if there is none.</param>
public sealed record EntryPage(IReadOnlyList<EntryView> Entries, int? Next);
