using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Remote;

/// <summary>What came of a study on a server, told as `ivim map` tells it.</summary>
internal static class RemoteReport
{
    public static List<StageProgress> Progress(IReadOnlyList<StageView> stages) =>
        [.. stages.Select(stage => new StageProgress(
            stage.Stage, stage.Done, stage.Total, stage.Reused, stage.Fraction))];

    /// <param name="receipt">Of the submission that is waited for; null: the whole life of the study counts.</param>
    /// <param name="isLocal">Whether the maps have to be on this machine.</param>
    public static MapReport Of(StudyView view, StudyReceipt? receipt, bool isLocal)
    {
        var tally = ItemTally.Of(
            Progress(receipt?.Stages ?? []), Progress(view.Stages), receipt?.Republished ?? false);
        var (warnings, errors) = view.Phase == StudyPhases.Published
            ? PublishedCheck.Of(view, isLocal)
            : ([], [EndOf(view)]);
        var alarms = view.Alarms.Select(line => Notice.OfLine(line.Message));
        return new MapReport
        {
            Study = view.Study,
            Protocol = view.Protocol,
            Computed = tally.Computed,
            Reused = tally.Reused,
            Maps = view.Maps.ToDictionary(map => map.Key, map => new PublishedMap(map.Value.Path, map.Value.Sha256)),
            Warnings = [.. view.Warnings.Select(line => new Notice(line.Code, line.Message)), .. warnings],
            Errors = [.. errors, .. alarms],
        };
    }

    public static ExitCode Write(Terminal terminal, MapReport report, bool json, long started)
    {
        double seconds = terminal.Clock.GetElapsedTime(started).TotalSeconds;
        MapSummary.Write(terminal, report, seconds, withPaths: !json);
        if (json) terminal.Output.WriteLine(JsonReport.Of(report, seconds).ToJson());
        return report.Errors.Count == 0 ? ExitCode.Done : ExitCode.FailedWork;
    }

    private static Notice EndOf(StudyView view) => view switch
    {
        { Phase: StudyPhases.Cancelled } => new Notice("STUDY-CANCELLED",
            "found a study that somebody has cancelled; expected one that ends with maps; submit it again to go on."),
        { Failure: { } failure } => Notice.OfLine(failure.Message),
        _ => new Notice("STUDY-FAILED", "found a study that failed without a word; expected its reason; report it."),
    };
}
