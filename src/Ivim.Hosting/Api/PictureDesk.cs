using Ivim.Actors.Artifacts;
using Ivim.Actors.Reports;
using Ivim.Actors.Stages;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Submissions;
using Ivim.Physics;

namespace Ivim.Hosting.Api;

/// <summary>What people look at beside the published maps: report, scan, and maps that are not whole yet.</summary>
internal sealed class PictureDesk(StudyTalk talk, KnownStudies known, IArtifactStore store, DiskTurns disk)
{
    /// <summary>Reports embed pictures; none comes near.</summary>
    private const long MostReportBytes = 64L << 20;

    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, REPORT-AWAY.</exception>
    public Task<byte[]> ReportAsync(StudyId study, CancellationToken cancellation)
    {
        var report = new Destination(known.DossierOf(study)).Report;
        return disk.ReadAsync(() => new FileInfo(report) is { Exists: true, Length: <= MostReportBytes }
            ? File.ReadAllBytes(report) : throw ApiRefusalException.ReportAway, cancellation);
    }

    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, SCAN-AWAY, or nobody answers.</exception>
    public async Task<byte[]> GroundAsync(StudyId study, CancellationToken cancellation)
    {
        var dossier = known.DossierOf(study);
        var identity = await talk.IdentityAsync(study, cancellation);
        return await disk.ReadAsync(() => Ground(dossier, identity.Source.Image), cancellation)
            ?? throw ApiRefusalException.ScanAway;
    }

    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN, or nobody answers.</exception>
    public async Task<PreviewView> PreviewAsync(StudyId study, CancellationToken cancellation)
    {
        var items = await ItemsAsync(study, cancellation);
        int members = items.Select(item => item.Name.Member).DefaultIfEmpty(ItemName.None).Max() + 1;
        return new PreviewView(SlabPreview.Parameters, Math.Max(members, 1),
            [.. Slabs(items).Select((parts, slab) => new PreviewSlab(slab, parts.IsMerged, parts.Files.Count))]);
    }

    /// <exception cref="ApiRefusalException">
    /// STUDY-UNKNOWN, ARTIFACT-UNKNOWN for what there is no preview of or not yet, ARTIFACT-AWAY, or nobody answers.
    /// </exception>
    public async Task<byte[]> PreviewAsync(StudyId study, string parameter, CancellationToken cancellation)
    {
        var items = await ItemsAsync(study, cancellation);
        var slabs = Slabs(items);
        var frame = items.FirstOrDefault(item => item.Name == ItemName.Prepare)?.Outputs
            .FirstOrDefault(output => output.Name == StudyPlan.Frame);
        if (frame is null || !SlabPreview.Parameters.Contains(parameter)
            || slabs.TrueForAll(slab => slab.Files.Count == 0)) throw ApiRefusalException.UnknownArtifact;
        return await disk.ReadAsync(() => Preview(frame.Artifact, slabs, parameter), cancellation);
    }

    private byte[] Preview(ArtifactRef frame, List<SlabParts> slabs, string parameter)
    {
        try
        {
            return SlabPreview.Write(store.Read(frame),
                [.. slabs.Select(slab => slab.Files.Select(store.Read).ToList())], parameter);
        }
        catch (LostArtifactException)
        {
            throw ApiRefusalException.ArtifactAway;
        }
    }

    private static byte[]? Ground(StudyDossier dossier, string sourceSha256)
    {
        try
        {
            return StudyGround.Write(dossier, sourceSha256);
        }
        catch (RefusalException)
        {
            return null; // it was read when the study was prepared, and cannot be read any more
        }
    }

    private async Task<IReadOnlyList<ItemStatus>> ItemsAsync(StudyId study, CancellationToken cancellation)
    {
        known.DossierOf(study);
        var items = await talk.ItemsAsync(study, cancellation);
        return items.Count > 0 ? items : throw ApiRefusalException.UnknownStudy;
    }

    private static List<SlabParts> Slabs(IReadOnlyList<ItemStatus> items)
    {
        int count = items.Select(item => item.Name.Slab).DefaultIfEmpty(ItemName.None).Max() + 1;
        return [.. Enumerable.Range(0, count).Select(slab =>
        {
            var merged = Outputs(items.Where(item => item.Name == ItemName.Merge(slab)), AggregatePlan.Merged);
            return merged.Count > 0 ? new SlabParts(true, merged) : new SlabParts(false, Outputs(items.Where(item =>
                item.Name.Stage == Stage.Train && item.Name.Slab == slab), StudyPlan.Maps));
        })];
    }

    private static List<ArtifactRef> Outputs(IEnumerable<ItemStatus> items, string name) =>
        [.. items.SelectMany(item => item.Outputs).Where(output => output.Name == name)
            .Select(output => output.Artifact)];

    private sealed record SlabParts(bool IsMerged, List<ArtifactRef> Files);
}

/// <summary>What a preview of a study would show now.</summary>
/// <param name="Parameters">Maps that there is a preview of, such as `Dstar` and `Dstar-std`.</param>
/// <param name="Members">Networks that each slab is to have in the end.</param>
public sealed record PreviewView(IReadOnlyList<string> Parameters, int Members, IReadOnlyList<PreviewSlab> Slabs);

/// <param name="Merged">Whether its networks are merged; otherwise their mean is shown.</param>
/// <param name="Parts">Results that are shown: 1 of a merged slab, of any other its finished networks.</param>
public sealed record PreviewSlab(int Slab, bool Merged, int Parts);
