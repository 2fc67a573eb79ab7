namespace Ivim.Cli.BidsApp;

/// <summary>The command line that all BIDS Apps share: `ivim BIDS_DIR OUT_DIR participant`.</summary>
internal static class BidsAppForm
{
    public const string CommandName = "bids-app", Participant = "participant", Group = "group";

    /// <summary>The arguments with the command's name in front if they are of this form.</summary>
    /// <param name="commands">A dataset whose folder is called like one of these is written `./NAME`.</param>
    public static string[] Named(string[] arguments, IEnumerable<string> commands) =>
        arguments is [var dataset, var output, Participant or Group, ..]
        && !dataset.StartsWith('-') && !output.StartsWith('-') && !commands.Contains(dataset)
            ? [CommandName, .. arguments]
            : arguments;
}
