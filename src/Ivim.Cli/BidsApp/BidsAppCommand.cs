using System.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Output;
using Ivim.Physics;

namespace Ivim.Cli.BidsApp;

/// <summary>`ivim BIDS_DIR OUT_DIR participant`: maps every diffusion series of a dataset on this machine.</summary>
internal static class BidsAppCommand
{
    public static Command Create(Terminal terminal, IMapRunner runner)
    {
        var dataset = new Argument<string>("BIDS_DIR") { Description = "Raw BIDS dataset, or QSIPrep's derivatives." };
        var output = new Argument<string>("OUT_DIR") { Description = "Folder of the maps (BIDS derivatives)." };
        var level = new Argument<string>("LEVEL") { Description = "participant; group is refused." };
        level.AcceptOnlyFromAmong(BidsAppForm.Participant, BidsAppForm.Group);
        var participants = Labels("--participant-label", "These subjects alone.", "--participant_label");
        var sessions = Labels("--session-label", "These sessions alone.", "--session_label");
        var entities = Labels("--entity", "Series whose names have all of these alone, for example acq-ivim run-1.");
        var skip = new Option<bool>("--skip-bids-validation", "--skip_bids_validation")
        {
            Description = "Accepted for scripts of other BIDS Apps: ivim starts no validator.",
        };
        var arguments = new MapArguments();
        var command = new Command(BidsAppForm.CommandName,
            "Map every diffusion series of a BIDS dataset; also `ivim BIDS_DIR OUT_DIR participant`.")
        {
            dataset, output, level, participants, sessions, entities, skip,
        };
        arguments.AddChoices(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetRequiredValue(level) == BidsAppForm.Group)
                throw new RefusalException("BIDS-GROUP-LEVEL", "the level group", "the level participant",
                    "map with it; `ivim report OUT_DIR` writes the pages of the studies again");
            var selection = new BidsSelection(parsed.GetValue(participants) ?? [], parsed.GetValue(sessions) ?? [],
                parsed.GetValue(entities) ?? []);
            var options = arguments.Read(parsed, parsed.GetRequiredValue(output));
            var series = selection.Of(parsed.GetRequiredValue(dataset));
            return (int)await new BidsAppRun(terminal, runner, options).MapAsync(series, cancellation);
        });
        return command;
    }

    private static Option<string[]> Labels(string name, string description, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = "LABEL ...",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
}
