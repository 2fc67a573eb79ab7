using Microsoft.AspNetCore.Http;

namespace Ivim.Hosting.Api;

/// <summary>A request that is not carried out: a status for programs, a code and one line for people.</summary>
internal sealed class ApiRefusalException(int status, string code, string found, string expected, string remedy)
    : Exception($"{code}: found {found}; expected {expected}; {remedy}.")
{
    public int Status => status;

    public string Code => code;

    public static ApiRefusalException JournalAway { get; } = new(StatusCodes.Status503ServiceUnavailable,
        "JOURNAL-AWAY", "a journal that does not answer", "one that writes within seconds",
        "look at the journal's database or disk and try again: what was acknowledged is kept");

    public static ApiRefusalException StudySilent { get; } = new(StatusCodes.Status503ServiceUnavailable,
        "CLUSTER-SILENT", "no answer from the node that holds the study", "an answer within seconds",
        "try again: after the loss of a seed its studies take a while to move");

    public static ApiRefusalException QueueSilent { get; } = new(StatusCodes.Status503ServiceUnavailable,
        "QUEUE-SILENT", "no answer from the work queue", "an answer within seconds",
        "try again: after the loss of a seed the queue takes a while to move");

    public static ApiRefusalException Starting { get; } = new(StatusCodes.Status503ServiceUnavailable,
        "SERVER-STARTING", "a server that has not joined its cluster yet", "one that has", "try again in a moment");

    public static ApiRefusalException StudyElsewhere { get; } = new(StatusCodes.Status409Conflict,
        "STUDY-ELSEWHERE", "the same study at work for another output folder", "one destination at a time",
        "wait for its end and submit again: then its maps come here without being computed again");

    public static ApiRefusalException Republishing { get; } = new(StatusCodes.Status409Conflict,
        "STUDY-REPUBLISHING", "a finished study whose files are being brought to its output folder once more",
        "one that is at work", "wait for its end: nothing is computed for it");

    public static ApiRefusalException AlreadyPublished { get; } = new(StatusCodes.Status409Conflict,
        "STUDY-PUBLISHED", "a study whose maps are published", "one that failed or was cancelled",
        "submit it again if its files are not in the output folder any more");

    public static ApiRefusalException TooManyStreams { get; } = new(StatusCodes.Status503ServiceUnavailable,
        "EVENTS-TOO-MANY", "as many callers listening to events as this server has room for", "fewer",
        "close some, or ask another seed");

    /// <param name="cause">Why nobody knows what became of it.</param>
    public static ApiRefusalException CancelUnheard(ApiRefusalException cause) => new(
        StatusCodes.Status503ServiceUnavailable, "CANCEL-NOT-ACCEPTED",
        $"no word that the cancellation is on disk ({cause.Code})", "one within seconds",
        "cancel again until it is accepted: the study may go on to its maps, or be cancelled when the journal returns");

    public static ApiRefusalException UnknownStudy { get; } = new(StatusCodes.Status404NotFound,
        "STUDY-UNKNOWN", "no study of this name", "one that was submitted here", "see the names with `ivim status`");

    public static ApiRefusalException UnknownItem { get; } = new(StatusCodes.Status404NotFound,
        "ITEM-UNKNOWN", "no item of this name in the study",
        "a name as status and history write it, for example train/slab-003/member-02",
        "see the items that wait with `ivim why STUDY --json`");

    public static ApiRefusalException UnknownArtifact { get; } = new(StatusCodes.Status404NotFound,
        "ARTIFACT-UNKNOWN", "no published map of this study with this hash", "one of its `artifacts`",
        "see them with GET /api/v1/studies/{study}/artifacts");

    public static ApiRefusalException ArtifactAway { get; } = new(StatusCodes.Status404NotFound,
        "ARTIFACT-AWAY", "no such map in the output folder any more", "the file as it was published",
        "submit the study again: its maps are brought there once more");

    public static ApiRefusalException ReportAway { get; } = new(StatusCodes.Status404NotFound,
        "REPORT-AWAY", "no report of this study in its output folder", "one, as every published study has",
        "wait until it is published, or write it again with `ivim report`");

    public static ApiRefusalException ScanAway { get; } = new(StatusCodes.Status404NotFound,
        "SCAN-AWAY", "no such scan any more where the study was read from", "the file as it was submitted",
        "bring it back; the maps stand without it");

    public static ApiRefusalException UnknownProtocol { get; } = new(StatusCodes.Status404NotFound,
        "PROTOCOL-UNKNOWN", "no protocol of this name or id",
        "a built-in one, or that of a study or cohort here",
        "see the names with GET /api/v1/protocols, and the ids with those of studies and cohorts");

    public static ApiRefusalException UnknownCohort { get; } = new(StatusCodes.Status404NotFound,
        "COHORT-UNKNOWN", "no cohort of this name", "one that was submitted here",
        "see the names with `ivim cohort status`");

    public static ApiRefusalException UnknownEntry { get; } = new(StatusCodes.Status404NotFound,
        "ENTRY-UNKNOWN", "no entry of this pseudonym in the cohort", "one of its entries",
        "see them with `ivim cohort status NAME --entries`");

    public static ApiRefusalException CohortDiffers { get; } = new(StatusCodes.Status409Conflict,
        "COHORT-DIFFERS", "a cohort of this name with another protocol, root, output or class", "the same ones",
        "change its protocol with `ivim cohort protocol`, or choose another name");
}
