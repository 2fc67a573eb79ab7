using System.Text;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;

namespace Ivim.Hosting.Submissions;

/// <summary>Puts into the work folder what the workers will read of a submission.</summary>
internal static class StudyFiling
{
    /// <returns>The study that this submission is: the same one however often it is submitted.</returns>
    public static StudyId File(
        StudySubmission submission, string numericClass, IArtifactStore store, DossierFolder dossiers)
    {
        var study = StudyOf(submission, numericClass);
        File(study, submission, store, dossiers);
        return study;
    }

    /// <param name="study">That the submission is, or was in an earlier release.</param>
    public static void File(
        StudyId study, StudySubmission submission, IArtifactStore store, DossierFolder dossiers)
    {
        store.Put(Encoding.UTF8.GetBytes(submission.ProtocolDocument));
        dossiers.Save(study, submission.Dossier with { Protocol = ProtocolOf(submission) });
    }

    public static StudyId StudyOf(StudySubmission submission, string numericClass) =>
        StudyId.Of(submission.Source, ProtocolOf(submission), numericClass);

    private static string ProtocolOf(StudySubmission submission) =>
        ProtocolJson.Reference(submission.ProtocolDocument).Sha256;
}
