using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Output;
using Ivim.Cli.Remote;
using Ivim.Domain.Studies;
using Ivim.Hosting;
using Ivim.Hosting.Planning;

namespace Ivim.Cli.Planning;

/// <summary>`ivim why STUDY [ITEM]`: what differs from the run before, and what waits; here or on a server.</summary>
internal static class WhyCommand
{
    public static Command Create(Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "As submit and plan name it, for example st-0123." };
        var item = new Argument<string?>("ITEM")
        {
            Description = "One item, for example train/slab-003/member-02.", Arity = ArgumentArity.ZeroOrOne,
        };
        var server = new ServerArguments("Work folder to look into; default: .ivim in this folder.");
        var json = SharedOptions.Json();
        var command = new Command("why", "Say what differs from the last run, and what waits for what; writes nothing.")
        {
            study, item,
        };
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var reasons = await AskAsync(server.Read(parsed), parsed.GetRequiredValue(study), parsed.GetValue(item),
                cancellation);
            if (parsed.GetValue(json)) terminal.Output.WriteLine(JsonLine.Of(reasons));
            else WhyTable.Write(terminal, reasons);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static async Task<StudyReasons> AskAsync(
        ServerChoice choice, string study, string? item, CancellationToken cancellation)
    {
        if (choice.Server is not null)
        {
            using var server = new PlanServer(ServerAddress.Of(choice));
            return await server.WhyAsync(study, item, cancellation);
        }
        var root = choice.Work ?? ".ivim";
        return await new StudyInquiry(new WorkFolderView(root, WorkJournal.Of(root)))
            .AskAsync(new StudyId(study), item, cancellation);
    }
}
