using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Hosting.Submissions;
using Ivim.Physics;
using Microsoft.AspNetCore.Http;

namespace Ivim.Hosting.Api;

/// <summary>Takes submissions in, cancels studies and tries them again: the API apart from HTTP.</summary>
internal sealed class StudyDesk(StudyTalk talk, ClusterDesk cluster, IArtifactStore store, DossierFolder dossiers,
    KnownStudies known, DiskTurns disk, ApiSettings settings, WorkFolderView folder)
{
    /// <returns>The receipt, and whether the study is new.</returns>
    /// <exception cref="RefusalException">The protocol, a file, the class or the output is not usable.</exception>
    /// <exception cref="StudyFailedException">HASH-MISMATCH: a person has to decide about the study.</exception>
    /// <exception cref="ApiRefusalException">The cluster cannot take it in now.</exception>
    public async Task<(StudyReceipt Receipt, bool IsNew)> SubmitAsync(
        StudyRequest request, CancellationToken cancellation)
    {
        var document = ProtocolJson.Write(ProtocolJson.Read(request.Protocol.GetRawText()));
        var numericClass = request.NumericClass ?? settings.NumericClass ?? await cluster.OnlyClassAsync(cancellation);
        var submission = await disk.ReadAsync(() => Read(request, document), cancellation);
        var study = StudyFiling.StudyOf(submission, numericClass);
        var before = await talk.LookAsync(study, cancellation);
        if (before.Quarantine is { } quarantine) throw new StudyFailedException(quarantine);
        if (!before.Exists && request.NumericClass is { } named && named != settings.NumericClass)
            await cluster.RequireKnownClassAsync(named, cancellation);
        await disk.WriteAsync(() => File(study, submission, before), cancellation);
        await talk.SubmitAsync(study, submission, numericClass, cancellation);
        bool again = before.IsUndelivered
            || before.IsPublished && !await disk.ReadAsync(() => Holds(submission, before), cancellation);
        if (again) await talk.PublishAgainAsync(study, before.Round, cancellation);
        bool done = before.IsPublished && !again;
        var receipt = new StudyReceipt
        {
            Study = study.Value,
            Protocol = ProtocolJson.Reference(document).Sha256,
            Phase = done ? StudyPhases.Published : StudyPhases.Running,
            Stages = StudyViews.Stages(before, []),
            Republished = again,
        };
        return (receipt, !before.Exists);
    }

    /// <returns>How the study stands after that.</returns>
    /// <exception cref="ApiRefusalException">
    /// STUDY-UNKNOWN, STUDY-REPUBLISHING, or CANCEL-NOT-ACCEPTED where nobody says that it is on disk.
    /// </exception>
    public async Task<StudyView> CancelAsync(StudyId study, CancellationToken cancellation)
    {
        var dossier = known.DossierOf(study);
        try
        {
            if (!await talk.CancelAsync(study, cancellation)) throw ApiRefusalException.UnknownStudy;
        }
        catch (ApiRefusalException silent) when (silent.Status == StatusCodes.Status503ServiceUnavailable)
        {
            throw ApiRefusalException.CancelUnheard(silent);
        }
        var look = await talk.LookAsync(study, cancellation);
        if (look.IsRepublishing) throw ApiRefusalException.Republishing;
        return StudyViews.Of(study, dossier, look, await cluster.WorkAsync(cancellation));
    }

    /// <summary>
    /// Has a study that failed or was cancelled go on, as a submission of the same files would; one at work is as it
    /// was.
    /// </summary>
    /// <returns>How the study stands after that.</returns>
    /// <exception cref="RefusalException">The output is not usable.</exception>
    /// <exception cref="StudyFailedException">HASH-MISMATCH: a person has to decide about the study.</exception>
    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, STUDY-PUBLISHED, or nobody answers.</exception>
    public async Task<StudyView> RetryAsync(StudyId study, CancellationToken cancellation)
    {
        var dossier = known.DossierOf(study);
        // Asked before its state: what began a life of its own in between is not begun again.
        var identity = await talk.IdentityAsync(study, cancellation);
        var before = await talk.LookAsync(study, cancellation);
        if (!before.Exists) throw ApiRefusalException.UnknownStudy;
        if (before.Quarantine is { } quarantine) throw new StudyFailedException(quarantine);
        if (before.IsPublished) throw ApiRefusalException.AlreadyPublished;
        if (before.Phase != StudyPhase.Running)
        {
            var submission = new StudySubmission(identity.Source, identity.ProtocolDocument, dossier);
            await disk.WriteAsync(() => FileAgain(study, submission), cancellation);
            if (before.IsUndelivered) await talk.PublishAgainAsync(study, before.Round, cancellation);
            else await talk.RetryAsync(identity, cancellation);
        }
        var look = await talk.LookAsync(study, cancellation);
        return StudyViews.Of(study, dossier, look, await cluster.WorkAsync(cancellation));
    }

    /// <summary>
    /// A study at work has one destination: another one would leave whoever named the first with nothing.
    /// </summary>
    private void File(StudyId study, StudySubmission submission, StudyLook before)
    {
        if (before.Phase == StudyPhase.Running && known.Find(study) is { } other
            && other.Output != submission.Dossier.Output) throw ApiRefusalException.StudyElsewhere;
        StudyFiling.File(study, submission, store, dossiers);
    }

    /// <summary>What the work folder may have lost since, and what the study may have failed for.</summary>
    private void FileAgain(StudyId study, StudySubmission submission)
    {
        SubmittedFiles.RequireUsableOutput(submission.Dossier, submission.Source.Image);
        StudyFiling.File(study, submission, store, dossiers);
    }

    private StudySubmission Read(StudyRequest request, string document)
    {
        var dossier = DossierOf(request);
        var source = SourceHash.Of(dossier);
        SubmittedFiles.RequireUsableOutput(dossier, source.Image);
        return new StudySubmission(source, document, dossier);
    }

    /// <summary>Somebody else may submit the same objects now: nobody takes their files away but `gc`.</summary>
    private StudyDossier DossierOf(StudyRequest request)
    {
        if (SubmittedFiles.DicomOf(request) is not { } objects) return SubmittedFiles.Require(request);
        using var taken = folder.Inputs.Take(objects);
        taken.Keep();
        return taken.Dossier(request.Mask, request.Output, request.Name);
    }

    private static bool Holds(StudySubmission submission, StudyLook look) =>
        new Destination(submission.Dossier).Holds(look.Maps);
}
