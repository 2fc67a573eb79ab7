using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Cli.Remote;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Cohorts;

/// <summary>`ivim cohort watch NAME`: a bar for each centre until the cohort ends.</summary>
internal static class CohortWatchCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), LineInterval = TimeSpan.FromSeconds(10);

    public static Command Create(Terminal terminal)
    {
        var name = CohortCommand.Name();
        var server = new ServerArguments();
        var (json, quiet) = (SharedOptions.Json(), SharedOptions.Quiet());
        var command = new Command("watch", "Show how far a cohort is, until it ends.") { name };
        server.AddTo(command);
        command.Add(json);
        command.Add(quiet);
        command.SetAction(async (parsed, cancellation) =>
        {
            bool isQuiet = parsed.GetValue(quiet);
            using var client = new CohortServer(ServerAddress.Of(server.Read(parsed)));
            var view = await ProgressView.ShowAsync(terminal, isQuiet, progress => FollowAsync(
                client, parsed.GetRequiredValue(name), terminal, isQuiet, progress, cancellation));
            if (parsed.GetValue(json)) terminal.Output.WriteLine(JsonLine.Of(view));
            else CohortTables.Write(terminal, view, []);
            return (int)CodeOf(view);
        });
        return command;
    }

    /// <summary>What was cancelled has no maps either.</summary>
    private static ExitCode CodeOf(CohortView view) =>
        view.Centres.All(centre => centre.Published == centre.Total) ? CohortTables.CodeOf(view) : ExitCode.FailedWork;

    /// <summary>Over restarts of the server, once it has answered.</summary>
    private static async Task<CohortView> FollowAsync(CohortServer server, string name, Terminal terminal,
        bool isQuiet, IProgress<IReadOnlyList<StageProgress>> progress, CancellationToken cancellation)
    {
        var (clock, said) = (terminal.Clock, new HashSet<string>());
        long? heard = null, told = null;
        while (true)
        {
            try
            {
                var view = await server.ViewAsync(name, cancellation);
                heard = clock.GetTimestamp();
                progress.Report([.. view.Centres.Select(Bar)]);
                if (view.Phase == CohortPhases.Ended) return view;
                if (!isQuiet && (told is null || clock.GetElapsedTime(told.Value) >= LineInterval))
                {
                    terminal.Error.WriteLine(CohortTables.Line(view));
                    told = clock.GetTimestamp();
                }
                var stuck = view.HeldUp.Where(held => said.Add($"{held.Entry} {held.Code}")).ToList();
                if (!isQuiet) foreach (var held in stuck) terminal.Error.WriteLine(CohortTables.HeldUp(held));
            }
            catch (ServerException e) when (e.IsPassing && heard is { } last
                && clock.GetElapsedTime(last) < StudyWatch.Patience)
            {
            }
            await Task.Delay(Interval, clock, cancellation);
        }
    }

    private static StageProgress Bar(CentreView centre)
    {
        int ended = centre.Published + centre.Failed + centre.Refused + centre.Cancelled;
        return new StageProgress(centre.Centre, ended, centre.Total, 0, (double)ended / centre.Total);
    }
}
