using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;

namespace Ivim.Cli.LocalCluster;

/// <summary>`ivim cluster`: a cluster of processes on this machine, in a work folder.</summary>
internal static class ClusterCommand
{
    public static Command Create(Terminal terminal) => new("cluster", "Run a cluster of processes on this machine.")
    {
        Up(terminal), Status(terminal), Down(terminal),
    };

    private static Command Up(Terminal terminal)
    {
        var (work, json, arguments) = (Work(), SharedOptions.Json(), new UpArguments());
        var command = new Command("up", "Start what is missing, and wait until all have joined.") { work };
        arguments.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = new ClusterFolder(parsed.GetRequiredValue(work));
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            var up = new ClusterUp(folder, NodePrograms.OfThisProgram(), http, terminal.Clock);
            int started = await up.RunAsync(arguments.Wishes(parsed), cancellation);
            var status = ClusterStatus.Read(folder) with { Started = started };
            Show(terminal, status, parsed.GetValue(json));
            if (!parsed.GetValue(json))
                terminal.Output.WriteLine(
                    $"\n{started} processes started\nurl    {status.Url}\ntoken  {folder.TokenFile}");
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command Status(Terminal terminal)
    {
        var (work, json) = (Work(), SharedOptions.Json());
        var command = new Command("ps", "List the processes; exit code 1 if one of them is dead.") { work, json };
        command.SetAction(parsed =>
        {
            var status = ClusterStatus.Read(new ClusterFolder(parsed.GetRequiredValue(work)));
            Show(terminal, status, parsed.GetValue(json));
            return (int)(status.AllRun ? ExitCode.Done : ExitCode.FailedWork);
        });
        return command;
    }

    private static Command Down(Terminal terminal)
    {
        var work = Work();
        var command = new Command("down", "End the processes, workers first; ports, token and results stay.") { work };
        command.SetAction(async (parsed, cancellation) =>
        {
            var down = new ClusterDown(new ClusterFolder(parsed.GetRequiredValue(work)), terminal.Clock);
            var report = await down.RunAsync(cancellation);
            var force = report.Killed > 0 ? $", {report.Killed} of them by force" : "";
            terminal.Output.WriteLine($"{report.Ended} processes ended{force}");
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static void Show(Terminal terminal, ClusterStatus status, bool json)
    {
        if (json) terminal.Output.WriteLine(status.ToJson());
        else status.Write(terminal);
    }

    private static Option<string> Work() =>
        SharedOptions.Folder("--work", "The cluster's folder: journal, results, logs, cluster.json.");
}
