using System.Collections.Immutable;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Planning;
using Ivim.Actors.Stages;
using Ivim.Cli.Mapping;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Hosting;
using Ivim.Hosting.Planning;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Learning;

namespace Ivim.Cli.Planning;

/// <summary>Says what `ivim map` would do with these options and this work folder; writes nothing.</summary>
internal sealed class StudyPlanner(TimeProvider clock)
{
    public async Task<PlanReport> RunAsync(PlanOptions plan, CancellationToken cancellation)
    {
        var protocol = ProtocolChoice.Of(plan.Map);
        var dossier = MapInput.Find(plan.Map);
        InputCheck.Require(dossier, protocol);
        var folder = FolderOf(plan.Map);
        var last = await LastRun.OfAsync(folder, dossier.Image, cancellation);
        if (!plan.HasOut && last is not null)
            dossier = dossier with { Output = last.Dossier.Output, Name = last.Dossier.Name };
        var device = ComputeDevice.Resolve(plan.Map.Device);
        var submission = Submission(dossier, protocol, NumericClass.Describe(device));
        var record = await folder.Records.ReadAsync(submission.Study, cancellation);
        if ((record.Study.Quarantine ?? record.Maps.Quarantine) is { } quarantine)
            throw new StudyFailedException(quarantine);
        var known = new StoredKnowledge(folder.Store);
        if (plan.Rehearse) Rehearsal.Prepare(submission, dossier, folder.Store, device, known, cancellation);
        var items = StudyForecast.Of(submission, record.Study, record.Maps, known,
            () => Slabs(dossier, protocol), new Destination(dossier).Holds);
        return Report(submission, protocol, items, last, folder, plan.Map.Workers ?? Environment.ProcessorCount);
    }

    private static WorkFolderView FolderOf(MapOptions options)
    {
        var root = options.Work ?? Path.Combine(options.Out, ".ivim");
        return new WorkFolderView(root, WorkJournal.Of(root));
    }

    private StudyCommand.Submit Submission(StudyDossier dossier, Protocol protocol, string numericClass)
    {
        var (source, document) = (SourceHash.Of(dossier), ProtocolJson.Write(protocol));
        var study = StudyId.Of(source, ProtocolJson.Reference(document).Sha256, numericClass);
        return new StudyCommand.Submit(study, source, document, numericClass, clock.GetUtcNow());
    }

    private static int Slabs(StudyDossier dossier, Protocol protocol) => SlabLayout.Cut(
        NiftiFile.ReadHeader(dossier.Image).Shape.Slices, protocol.Slabs.Slices, protocol.Slabs.Halo).Length;

    private static PlanReport Report(StudyCommand.Submit submission, Protocol protocol,
        ImmutableArray<ForecastItem> items, LastRun? last, WorkFolderView folder, int workers)
    {
        bool computes = items.Any(item => item.Outlook != Outlook.Reused);
        var stages = PlannedStages.Of(
            items, protocol, submission.NumericClass, computes ? StageTimes.Of(folder.Store) : null);
        return new PlanReport
        {
            Study = submission.Study.Value,
            Protocol = ProtocolJson.Reference(submission.ProtocolDocument).Sha256,
            Items = PlannedStages.Counts(items),
            Stages = stages,
            Exact = items.All(item => item.Outlook != Outlook.Unknown),
            Workers = workers,
            Seconds = PlannedStages.Seconds(stages, workers) is { } seconds ? Math.Round(seconds, 3) : null,
            LastStudy = last?.Study.Value,
            Changes = last?.Changes(submission.Source, protocol) ?? [],
        };
    }
}
