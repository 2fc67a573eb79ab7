using Ivim.Actors.Aggregation;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Reports;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>Brings the assembled files to the study's destination.</summary>
/// <remarks>
/// Each file appears whole. The provenance is taken away first and written last: maps count only beside a provenance
/// that names their hashes, so that a crash in between never passes for a complete set; one that is this study's own
/// already stays, since every map it names appears anew with the same bits. Two studies never mix:
/// <see cref="DestinationClaim"/>.
/// </remarks>
internal sealed class PublishStage(DossierFolder dossiers)
{
    public WorkResult Run(StageContext context)
    {
        var dossier = dossiers.Read(context.Item.Study);
        var destination = new Destination(dossier);
        var files = context.Item.Inputs.ToDictionary(input => input.Name, input => input.Artifact);
        var index = AssembledFiles.ReadIndex(context.Store.Read(files[AssembledFiles.IndexName]));
        var provenance = context.Store.Read(files[AssembledFiles.Provenance]);
        destination.RequireFreeFor(Destination.SourceImage(provenance)
            ?? throw new InvalidOperationException("an assembled provenance without its source"));
        bool IsFinished() => destination.Is(provenance) && destination.Holds([.. index.Select(MapOf)])
            && File.Exists(destination.Report) && !Stale(destination, index).Any(File.Exists);
        if (!IsFinished())
        {
            var claim = DestinationClaim.Take(destination.Claim, context.Item.Study, IsFinished);
            if (!destination.Is(provenance))
            {
                claim.Require();
                DurableFile.Delete(destination.Provenance);
                DurableFile.Delete(destination.Report);
            }
            RemoveStale(destination, index, claim);
            WriteMaps(context, destination, index, claim);
            DurableFile.Write(destination.Report, Report(context, dossier, provenance, claim), claim.Require);
            claim.Require();
            destination.WriteDatasetFiles();
            DurableFile.Write(destination.Provenance, provenance, claim.Require);
            claim.GiveUp();
        }
        return StageContext.Result(index.Select(entry => PublishedMaps.Write(entry.Name, entry.Sha256, entry.Bytes)));
    }

    private static byte[] Report(
        StageContext context, StudyDossier dossier, byte[] provenance, DestinationClaim claim)
    {
        try
        {
            return StudyReport.ToPublish(dossier, context.Store, provenance);
        }
        catch (RefusalException)
        {
            claim.Require(); // another study that took the place over may have taken maps away meanwhile
            throw;
        }
    }

    private static PublishedMap MapOf(VoxelEntry entry) => new(entry.Name, entry.Sha256);

    private static void RemoveStale(
        Destination destination, IReadOnlyList<VoxelEntry> index, DestinationClaim claim)
    {
        foreach (var stale in Stale(destination, index).Where(File.Exists))
        {
            claim.Require();
            DurableFile.Delete(stale);
            DurableFile.Delete(Destination.SideCar(stale));
        }
    }

    /// <summary>Maps that another protocol may have left here and this one does not make.</summary>
    private static IEnumerable<string> Stale(Destination destination, IReadOnlyList<VoxelEntry> index) =>
        destination.AllImages().Where(image => !index.Any(entry => destination.Image(entry.Name) == image));

    private static void WriteMaps(StageContext context, Destination destination, IReadOnlyList<VoxelEntry> index,
        DestinationClaim claim)
    {
        var files = context.Item.Inputs.ToDictionary(input => input.Name, input => input.Artifact);
        int written = 0;
        foreach (var entry in index)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var image = destination.Image(entry.Name);
            DurableFile.Write(image, context.Store.Read(files[entry.Name + AssembledFiles.ImageEnding]), claim.Require);
            DurableFile.Write(Destination.SideCar(image),
                context.Store.Read(files[entry.Name + AssembledFiles.SideCarEnding]), claim.Require);
            context.Watch.Progress((double)++written / index.Count);
        }
    }
}
