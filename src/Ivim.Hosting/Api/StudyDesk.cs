using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Hosting.Submissions;
using Ivim.Physics;
using Microsoft.AspNetCore.Http;

namespace Ivim.Hosting.Api;

/// <summary>Takes submissions in, tells how studies stand, and cancels them: the API apart from HTTP.</summary>
internal sealed class StudyDesk(
    StudyTalk talk, ClusterDesk cluster, IArtifactStore store, DossierFolder dossiers, ApiSettings settings)
    : IDisposable
{
    /// <summary>Looks at this many studies at a time, when all are asked for.</summary>
    private const int Abreast = 8;

    /// <summary>A list is there after so long, whoever has not answered by then; one study has a part of it.</summary>
    private static readonly TimeSpan ListTime = TimeSpan.FromSeconds(8), EntryTime = TimeSpan.FromSeconds(6);

    /// <summary>Hashing reads whole images: more readers than this only take the disk from the workers.</summary>
    private readonly SemaphoreSlim _readers = new(2);

    /// <summary>Equal submissions write equal files: one after the other, none disturbs another.</summary>
    private readonly SemaphoreSlim _writer = new(1);

    /// <returns>The receipt, and whether the study is new.</returns>
    /// <exception cref="RefusalException">The protocol, a file, the class or the output is not usable.</exception>
    /// <exception cref="StudyFailedException">HASH-MISMATCH: a person has to decide about the study.</exception>
    /// <exception cref="ApiRefusalException">The cluster cannot take it in now.</exception>
    public async Task<(StudyReceipt Receipt, bool IsNew)> SubmitAsync(
        StudyRequest request, CancellationToken cancellation)
    {
        var document = ProtocolJson.Write(ProtocolJson.Read(request.Protocol.GetRawText()));
        var numericClass = request.NumericClass ?? settings.NumericClass ?? await cluster.OnlyClassAsync(cancellation);
        var submission = await InTurnAsync(_readers, () => Read(request, document), cancellation);
        var study = StudyFiling.StudyOf(submission, numericClass);
        var before = await talk.LookAsync(study, cancellation);
        if (before.Quarantine is { } quarantine) throw new StudyFailedException(quarantine);
        if (!before.Exists && request.NumericClass is { } named && named != settings.NumericClass)
            await cluster.RequireKnownClassAsync(named, cancellation);
        await InTurnAsync(_writer, () => File(study, submission, numericClass, before), cancellation);
        await talk.SubmitAsync(study, submission, numericClass, cancellation);
        bool again = before.IsUndelivered
            || before.IsPublished && !await InTurnAsync(_readers, () => Holds(submission, before), cancellation);
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

    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, or nobody answers.</exception>
    public async Task<StudyView> ViewAsync(StudyId study, CancellationToken cancellation)
    {
        var dossier = DossierOf(study);
        return await ViewAsync(study, dossier, await cluster.WorkAsync(cancellation), cancellation)
            ?? throw ApiRefusalException.UnknownStudy;
    }

    /// <returns>The file of a published map, whose voxels were just found to be those of the hash.</returns>
    /// <exception cref="ApiRefusalException">
    /// STUDY-UNKNOWN, ARTIFACT-AWAY, or ARTIFACT-UNKNOWN, whatever the hash may be of elsewhere.
    /// </exception>
    public async Task<string> ArtifactAsync(StudyId study, string sha256, CancellationToken cancellation)
    {
        var dossier = DossierOf(study);
        var look = await talk.LookAsync(study, cancellation);
        var map = look.IsPublished ? look.Maps.FirstOrDefault(map => map.VoxelSha256 == sha256) : null;
        if (map is null) throw ApiRefusalException.UnknownArtifact;
        var destination = new Destination(dossier);
        return await InTurnAsync(_readers, () => destination.Holds([map]), cancellation)
            ? Path.GetFullPath(destination.Image(map.Parameter)) : throw ApiRefusalException.ArtifactAway;
    }

    /// <returns>How the study stands after that.</returns>
    /// <exception cref="ApiRefusalException">
    /// STUDY-UNKNOWN, STUDY-REPUBLISHING, or CANCEL-NOT-ACCEPTED where nobody says that it is on disk.
    /// </exception>
    public async Task<StudyView> CancelAsync(StudyId study, CancellationToken cancellation)
    {
        var dossier = DossierOf(study);
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

    /// <summary>What does not answer in time is marked as silent: one study must not hide all others.</summary>
    /// <param name="most">So many of the latest submissions.</param>
    public async Task<StudyList> ListAsync(int most, CancellationToken cancellation)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timed.CancelAfter(ListTime);
        var work = await cluster.WorkAsync(cancellation);
        var studies = dossiers.Studies().Where(IsName).Take(most).ToList();
        var views = new StudyView?[studies.Count];
        await Parallel.ForAsync(0, studies.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Abreast, CancellationToken = cancellation },
            async (index, stop) => views[index] = dossiers.Find(studies[index]) is { } dossier
                ? await ViewOrSilenceAsync(studies[index], dossier, work, timed.Token, stop) : null);
        return new StudyList([.. views.OfType<StudyView>()]);
    }

    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN.</exception>
    public StudyDossier DossierOf(StudyId study) =>
        (IsName(study) ? dossiers.Find(study) : null) ?? throw ApiRefusalException.UnknownStudy;

    public void Dispose()
    {
        _readers.Dispose();
        _writer.Dispose();
    }

    private async Task<StudyView?> ViewOrSilenceAsync(StudyId study, StudyDossier dossier, WorkAtHand work,
        CancellationToken end, CancellationToken cancellation)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(end, cancellation);
        timed.CancelAfter(EntryTime);
        try
        {
            return await ViewAsync(study, dossier, work, timed.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return StudyViews.Silent(study, dossier, ApiRefusalException.StudySilent);
        }
        catch (ApiRefusalException silent) when (silent.Status == StatusCodes.Status503ServiceUnavailable)
        {
            return StudyViews.Silent(study, dossier, silent);
        }
    }

    /// <summary>Null for a dossier whose study never came to be: its submission broke off.</summary>
    private async Task<StudyView?> ViewAsync(
        StudyId study, StudyDossier dossier, WorkAtHand work, CancellationToken cancellation)
    {
        var look = await talk.LookAsync(study, cancellation);
        return look.Exists ? StudyViews.Of(study, dossier, look, work) : null;
    }

    /// <summary>
    /// A study at work has one destination: another one would leave whoever named the first with nothing.
    /// </summary>
    private StudyId File(StudyId study, StudySubmission submission, string numericClass, StudyLook before)
    {
        if (before.Phase == StudyPhase.Running && dossiers.Find(study) is { } known
            && known.Output != submission.Dossier.Output) throw ApiRefusalException.StudyElsewhere;
        return StudyFiling.File(submission, numericClass, store, dossiers);
    }

    /// <summary>Anything else never was a study, and must not become the name of a file or of an actor.</summary>
    private static bool IsName(StudyId study) =>
        study.Value is ['s', 't', '-', ..] and { Length: 23 } && study.Value.AsSpan(3).IndexOfAnyExcept(Hex) < 0;

    private static readonly System.Buffers.SearchValues<char> Hex =
        System.Buffers.SearchValues.Create("0123456789abcdef");

    private static StudySubmission Read(StudyRequest request, string document)
    {
        var dossier = SubmittedFiles.Require(request);
        var source = SourceHash.Of(dossier);
        SubmittedFiles.RequireUsableOutput(dossier, source.Image);
        return new StudySubmission(source, document, dossier);
    }

    private static bool Holds(StudySubmission submission, StudyLook look) =>
        new Destination(submission.Dossier).Holds(look.Maps);

    private static async Task<T> InTurnAsync<T>(SemaphoreSlim turn, Func<T> work, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }
}
