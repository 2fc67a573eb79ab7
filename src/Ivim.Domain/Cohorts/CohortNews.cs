using Ivim.Domain.Studies;

namespace Ivim.Domain.Cohorts;

/// <summary>
/// What a cohort hears of the studies that it has started. Late, twice or never: it asks until it knows.
/// </summary>
/// <param name="Entry">Number of the entry.</param>
/// <param name="Turn">The admission that this is about: of another one nothing follows.</param>
public abstract record CohortNews(int Entry, long Turn)
{
    /// <summary>The entry's files are read and its dossier is written.</summary>
    public sealed record Filed(int Entry, long Turn, StudyId Study) : CohortNews(Entry, Turn);

    public sealed record Refused(int Entry, long Turn, string Code, DateTimeOffset At) : CohortNews(Entry, Turn);

    public sealed record Published(int Entry, long Turn, DateTimeOffset At) : CohortNews(Entry, Turn);

    public sealed record Failed(int Entry, long Turn, string Code, DateTimeOffset At) : CohortNews(Entry, Turn);

    public sealed record Cancelled(int Entry, long Turn) : CohortNews(Entry, Turn);

    /// <summary>The study has its cancellation on disk, or has ended, or never was.</summary>
    public sealed record Stopped(int Entry, long Turn) : CohortNews(Entry, Turn);
}
