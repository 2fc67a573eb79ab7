using System.CommandLine;
using Ivim.Cli.CommandLine;

namespace Ivim.Cli.LocalCluster;

/// <summary>The options of `ivim cluster up`.</summary>
internal sealed class UpArguments
{
    private const int MostNodes = 64, MostSlots = 256;

    private readonly Option<int?> _seeds = SharedOptions.Count(
        "--seeds", "Processes that hold the studies and the queue; default: as before, at first 1.", 1, MostNodes);

    private readonly Option<int?> _workers = SharedOptions.Count(
        "--workers", "Processes that compute; default: as before, at first 2.", 0, MostNodes);

    private readonly Option<string?> _journal = SharedOptions.Text("--journal",
        "sqlite, a file in the work folder, or postgres://USER:PASSWORD@HOST:PORT/DATABASE; default: as before, "
        + "at first sqlite. Others can read a command line: see --journal-file.", "JOURNAL");

    private readonly Option<string?> _journalFile = SharedOptions.Text(
        "--journal-file", "A file that holds the journal's URL.", "FILE");

    private readonly Option<string?> _timings = SharedOptions.Text("--timings",
        "steady, for work, or quick, to see failures handled in seconds; default: as before, at first steady.", "KIND");

    private readonly Option<int?> _slots = SharedOptions.Count(
        "--slots", "Items that a worker process runs at once.", 1, MostSlots);

    private readonly Option<string?> _device = SharedOptions.Text(
        "--device", "Where workers train: auto, cpu or cuda.", "DEVICE");

    private readonly Option<bool?> _history = new("--history")
    {
        Description = "Keep a record of what every node did, in `history` of the work folder.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "true|false",
    };

    public UpArguments()
    {
        _timings.AcceptOnlyFromAmong(ClusterSettings.Quick, ClusterSettings.Steady);
        _device.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        // Without the value, which may hold a password.
        _journal.Validators.Add(result =>
        {
            if (result.Tokens is [var journal] && !IsJournal(journal.Value))
                result.AddError("another kind of --journal (sqlite or postgres://...)");
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_seeds, _workers, _journal, _journalFile, _timings, _slots, _device, _history])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_journal) is not null && result.GetResult(_journalFile) is not null)
                result.AddError("both --journal and --journal-file");
        });
    }

    public ClusterWishes Wishes(ParseResult parsed) => new()
    {
        Seeds = parsed.GetValue(_seeds),
        Workers = parsed.GetValue(_workers),
        Journal = parsed.GetValue(_journal),
        JournalFile = parsed.GetValue(_journalFile),
        Timings = parsed.GetValue(_timings),
        Slots = parsed.GetValue(_slots),
        Device = parsed.GetValue(_device),
        History = parsed.GetResult(_history) is null ? null : parsed.GetValue(_history) ?? true,
    };

    private static bool IsJournal(string text) =>
        text == ClusterWishes.Sqlite
        || text.StartsWith("postgres://", StringComparison.Ordinal)
        || text.StartsWith("postgresql://", StringComparison.Ordinal);
}
