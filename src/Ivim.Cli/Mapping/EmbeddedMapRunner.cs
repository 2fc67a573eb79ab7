using Ivim.Actors.Stages;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting;
using Ivim.Physics;

namespace Ivim.Cli.Mapping;

/// <summary>Maps one study with a cluster of one node in this process.</summary>
public sealed class EmbeddedMapRunner(TimeProvider clock) : IMapRunner
{
    public async Task<MapReport> RunAsync(
        MapOptions options, IProgress<IReadOnlyList<StageProgress>> progress, CancellationToken cancellation)
    {
        var protocol = ProtocolChoice.Of(options);
        string workPath = Path.GetFullPath(options.Work ?? Path.Combine(options.Out, ".ivim"));
        using var output = new FreshFolder(Path.GetFullPath(options.Out));
        using var intake = DicomIntake.Of(options, workPath);
        var dossier = MapInput.Find(intake.Options);
        InputCheck.Require(dossier, protocol);
        var source = SourceHash.Of(dossier);
        var destination = new Destination(dossier);
        destination.RequireFreeFor(source.Image);
        DiskSpace.Require(dossier, workPath);
        // Whoever holds the work folder may be at the same input.
        intake.Keep();
        using var work = WorkFolder.Open(workPath);
        destination.RemoveUnfinished();
        var submission = new StudySubmission(source, ProtocolJson.Write(protocol), dossier);
        try
        {
            int workers = options.Workers ?? Environment.ProcessorCount;
            await using var node = await EmbeddedNode.StartAsync(
                new EmbeddedOptions(workPath, workers, options.Device), work, cancellation);
            var outcome = await new StudyClient(node, clock).MapAsync(
                submission, destination.Holds, new StageBars(progress), cancellation);
            return Report(outcome, submission, destination, intake.Warnings);
        }
        catch (StudyFailedException failed) when (failed.Failure.Class == FailureClass.BadInput)
        {
            work.DiscardIfFresh();
            throw new RefusalException(failed.Failure.Code, failed.Failure.Message);
        }
        catch (RefusalException)
        {
            work.DiscardIfFresh();
            throw;
        }
    }

    private static MapReport Report(
        StudyOutcome outcome, StudySubmission submission, Destination destination, IReadOnlyList<Notice> ofTheInput)
    {
        var tally = ItemTally.Of(outcome);
        return new MapReport
        {
            Study = outcome.Study.Value,
            Protocol = ProtocolJson.Reference(submission.ProtocolDocument).Sha256,
            Computed = tally.Computed,
            Reused = tally.Reused,
            Maps = outcome.Maps.ToDictionary(map => map.Parameter,
                map => new PublishedMap(Path.GetFullPath(destination.Image(map.Parameter)), map.VoxelSha256)),
            Warnings = [.. ofTheInput, .. outcome.Notes.Select(Notice.OfLine)],
        };
    }

    private static List<StageProgress> Progress(IEnumerable<StageCount> stages) =>
    [
        .. stages.Select(stage => new StageProgress(Stages.NameOf(stage.Stage), stage.Done, stage.Total,
            stage.Reused, stage.Total == 0 ? 0 : (double)stage.Done / stage.Total)),
    ];

    private sealed class StageBars(IProgress<IReadOnlyList<StageProgress>> bars) : IProgress<StudySnapshot>
    {
        public void Report(StudySnapshot value) => bars.Report(Progress(value.Stages));
    }
}
