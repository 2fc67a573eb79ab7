using System.Globalization;
using Ivim.Cli.Output;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Remote;

/// <summary>How studies and a cluster stand, as tables or as one object.</summary>
internal static class StatusTables
{
    public static void Write(Terminal terminal, StudyList list, ClusterView cluster, bool json)
    {
        if (json)
        {
            terminal.Output.WriteLine(JsonLine.Of(
                new { list.Studies, cluster.Queue, cluster.Workers, cluster.Nodes }));
            return;
        }
        var studies = new TextTable(textColumns: 2, ["study", "phase", "items", "done"]);
        foreach (var study in list.Studies)
            studies.Add([study.Study, PhaseOf(study) + AlarmOf(study), Items(study.Stages),
                Percent(Share(study.Stages))]);
        studies.Write(terminal);
        terminal.Output.WriteLine();
        var workers = new TextTable(textColumns: 4, ["worker", "device", "class", "item", "done"]);
        foreach (var worker in cluster.Workers)
            workers.Add([worker.Name, worker.Device, worker.NumericClass, worker.Item ?? "-",
                worker.Item is null ? "" : Percent(worker.Fraction)]);
        workers.Write(terminal);
        terminal.Output.WriteLine();
        var nodes = new TextTable(textColumns: 4, ["node", "role", "status", "reachable"]);
        foreach (var node in cluster.Nodes)
            nodes.Add([node.Address, node.Role, node.Status, node.Reachable ? "yes" : "no"]);
        nodes.Write(terminal);
        terminal.Output.WriteLine($"\nqueue: {cluster.Queue.Ready} ready, {cluster.Queue.Leased} at work, "
            + $"{cluster.Queue.Waiting} workers wait");
    }

    public static void Write(Terminal terminal, StudyView study, bool json)
    {
        if (json)
        {
            terminal.Output.WriteLine(JsonLine.Of(study));
            return;
        }
        terminal.Output.WriteLine($"study {study.Study} ({study.Phase})");
        var stages = new TextTable(textColumns: 1, ["stage", "items", "reused", "done"]);
        foreach (var stage in study.Stages)
            stages.Add([stage.Stage, $"{stage.Done}/{stage.Total}",
                stage.Reused.ToString(CultureInfo.InvariantCulture), Percent(stage.Fraction)]);
        stages.Write(terminal);
        foreach (var warning in study.Warnings) terminal.Output.WriteLine($"warning {warning.Code}: {warning.Message}");
        if (study.Failure is { } failure)
        {
            var word = study.Phase == StudyPhases.Running ? "held up by" : "error";
            terminal.Output.WriteLine($"{word} {failure.Message}");
        }
        foreach (var alarm in study.Alarms) terminal.Output.WriteLine($"alarm {alarm.Message}");
        int width = study.Maps.Keys.Select(parameter => parameter.Length).DefaultIfEmpty().Max();
        foreach (var (parameter, map) in study.Maps)
            terminal.Output.WriteLine($"{parameter.PadRight(width)}  {map.Path}");
    }

    private static string PhaseOf(StudyView study) => study switch
    {
        { Phase: StudyPhases.Failed, Failure: { } failure } => $"{study.Phase}: {failure.Code}",
        { Phase: StudyPhases.Running, Failure: { } failure } => $"held up: {failure.Code}",
        { Phase: StudyPhases.Silent, Failure: { } failure } => $"does not answer: {failure.Code}",
        _ => study.Phase,
    };

    private static string AlarmOf(StudyView study) =>
        study.Alarms.Count == 0 ? "" : $", alarm: {study.Alarms[0].Code}";

    private static string Items(IReadOnlyList<StageView> stages) =>
        $"{stages.Sum(stage => stage.Done)}/{stages.Sum(stage => stage.Total)}";

    private static double Share(IReadOnlyList<StageView> stages)
    {
        int total = stages.Sum(stage => stage.Total);
        return total == 0 ? 0 : stages.Sum(stage => stage.Fraction * stage.Total) / total;
    }

    /// <summary>Rounded down: only what is done is 100 %.</summary>
    internal static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100):F0} %");
}
