using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Hosting.Journals;

namespace Ivim.Hosting.Storage;

/// <summary>
/// Studies of a journal whose maps a later run has replaced: the same image, b-values, directions and mask, under
/// another protocol, release or numeric class.
/// </summary>
/// <remarks>
/// Only a published study replaces others, and only those that have ended. One whose results are in doubt is evidence,
/// and one without a dossier cannot be put in order of time: both stay.
/// </remarks>
public sealed class SupersededStudies
{
    private readonly List<(StudyId Study, StudySource Source, bool IsPublished)> _ended = [];

    /// <summary>Takes one more study of the journal into account.</summary>
    public void Add(StudyRecord record)
    {
        if (!record.Exists || record.Quarantine is not null) return;
        bool isPublished = record.Study.Phase == StudyPhase.Published && record.Maps.Phase == StudyPhase.Published;
        if (isPublished || record.Study.Phase is StudyPhase.Failed or StudyPhase.Cancelled)
            _ended.Add((record.Study.Id, record.Study.Source, isPublished));
    }

    /// <summary>Those that were submitted before the published study of their source that was submitted last.</summary>
    public IReadOnlySet<StudyId> Before(IReadOnlyList<StudySubmissionTime> submissions)
    {
        var times = submissions.ToDictionary(submission => submission.Study, submission => submission.FiledAt);
        return _ended.Where(study => times.ContainsKey(study.Study)).GroupBy(study => study.Source)
            .SelectMany(runs => Earlier([.. runs], times)).ToHashSet();
    }

    private static IEnumerable<StudyId> Earlier(
        (StudyId Study, StudySource Source, bool IsPublished)[] runs, Dictionary<StudyId, DateTime> times)
    {
        DateTime? newest = runs.Where(run => run.IsPublished).Select(run => (DateTime?)times[run.Study]).Max();
        return runs.Where(run => times[run.Study] < newest).Select(run => run.Study);
    }
}
