using Ivim.Actors.Aggregation;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Stages;

/// <summary>Brings the assembled files to the study's destination.</summary>
/// <remarks>
/// Each file appears whole. The provenance is taken away first and written last: maps count only beside a provenance
/// that names their hashes, so that a crash in between never passes for a complete set.
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
        DurableFile.Delete(destination.Provenance);
        foreach (var stale in destination.AllImages()
            .Where(image => !index.Any(entry => destination.Image(entry.Name) == image)))
        {
            DurableFile.Delete(stale);
            DurableFile.Delete(Destination.SideCar(stale));
        }
        int written = 0;
        foreach (var entry in index)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var image = destination.Image(entry.Name);
            DurableFile.Write(image, context.Store.Read(files[entry.Name + AssembledFiles.ImageEnding]));
            DurableFile.Write(Destination.SideCar(image),
                context.Store.Read(files[entry.Name + AssembledFiles.SideCarEnding]));
            context.Watch.Progress((double)++written / index.Count);
        }
        destination.WriteDatasetFiles();
        DurableFile.Write(destination.Provenance, provenance);
        return StageContext.Result(index.Select(entry => PublishedMaps.Write(entry.Name, entry.Sha256, entry.Bytes)));
    }
}
