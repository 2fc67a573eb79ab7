using Ivim.Domain.Cohorts;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Cohorts;

/// <summary>What the end of an errand means to the cohort.</summary>
internal static class CohortWords
{
    private const string NoReason = "STUDY-FAILED";

    /// <summary>Null where nothing has become of the entry yet.</summary>
    public static CohortNews? Of(ErrandDone done, CohortEntryState entry, DateTimeOffset now) => done.End switch
    {
        ErrandEnd.Filed filed => new CohortNews.Filed(done.Entry, done.Turn, filed.Study.Study),
        ErrandEnd.Refused refused => entry.Phase == CohortEntryPhase.Running
            ? new CohortNews.Refused(done.Entry, done.Turn, refused.Code, now) : null,
        ErrandEnd.Stopped => new CohortNews.Stopped(done.Entry, done.Turn),
        ErrandEnd.Seen seen => seen.Standing.Phase switch
        {
            StudyPhase.Published => new CohortNews.Published(done.Entry, done.Turn, now),
            StudyPhase.Failed => new CohortNews.Failed(
                done.Entry, done.Turn, seen.Standing.Failure?.Code ?? NoReason, now),
            StudyPhase.Cancelled => new CohortNews.Cancelled(done.Entry, done.Turn),
            _ => null,
        },
        _ => null,
    };
}
