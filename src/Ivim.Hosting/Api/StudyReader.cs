using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Domain.Studies;
using Ivim.Hosting.Submissions;
using Microsoft.AspNetCore.Http;

namespace Ivim.Hosting.Api;

/// <summary>Tells how studies stand, and gives their maps.</summary>
internal sealed class StudyReader(StudyTalk talk, ClusterDesk cluster, KnownStudies known, DiskTurns disk)
{
    /// <summary>Looks at this many studies at a time, when several are asked for.</summary>
    private const int Abreast = 8;

    /// <summary>A list is there after so long, whoever has not answered by then; one study has a part of it.</summary>
    private static readonly TimeSpan ListTime = TimeSpan.FromSeconds(8), EntryTime = TimeSpan.FromSeconds(6);

    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, or nobody answers.</exception>
    public async Task<StudyView> ViewAsync(StudyId study, CancellationToken cancellation)
    {
        var dossier = known.DossierOf(study);
        return await ViewAsync(study, dossier, await cluster.WorkAsync(cancellation), cancellation)
            ?? throw ApiRefusalException.UnknownStudy;
    }

    /// <param name="from">The number of the first one on the page; the latest submission has 0.</param>
    public async Task<StudyList> ListAsync(int from, int most, CancellationToken cancellation)
    {
        var names = known.Names.ToList();
        return new StudyList(await ViewsAsync([.. names.Skip(from).Take(most)], cancellation), names.Count,
            most < names.Count - from ? from + most : null);
    }

    /// <summary>What does not answer in time is marked as silent: one study must not hide all others.</summary>
    /// <returns>Those that are known, in their order.</returns>
    public async Task<IReadOnlyList<StudyView>> ViewsAsync(
        IReadOnlyList<StudyId> studies, CancellationToken cancellation)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timed.CancelAfter(ListTime);
        var work = await cluster.WorkAsync(cancellation);
        var views = new StudyView?[studies.Count];
        await Parallel.ForAsync(0, studies.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Abreast, CancellationToken = cancellation },
            async (index, stop) => views[index] = known.Find(studies[index]) is { } dossier
                ? await ViewOrSilenceAsync(studies[index], dossier, work, timed.Token, stop) : null);
        return [.. views.OfType<StudyView>()];
    }

    /// <returns>The file of a published map, whose voxels were just found to be those of the hash.</returns>
    /// <exception cref="ApiRefusalException">
    /// STUDY-UNKNOWN, ARTIFACT-AWAY, or ARTIFACT-UNKNOWN, whatever the hash may be of elsewhere.
    /// </exception>
    public async Task<string> ArtifactAsync(StudyId study, string sha256, CancellationToken cancellation)
    {
        var dossier = known.DossierOf(study);
        var look = await talk.LookAsync(study, cancellation);
        var map = look.IsPublished ? look.Maps.FirstOrDefault(map => map.VoxelSha256 == sha256) : null;
        if (map is null) throw ApiRefusalException.UnknownArtifact;
        var destination = new Destination(dossier);
        return await disk.ReadAsync(() => destination.Holds([map]), cancellation)
            ? Path.GetFullPath(destination.Image(map.Parameter)) : throw ApiRefusalException.ArtifactAway;
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
}
