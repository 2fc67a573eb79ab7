using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Planning;
using Ivim.Hosting;
using Ivim.Hosting.Journals;
using Ivim.Physics;

namespace Ivim.Cli.Storage;

/// <summary>Which work folder a command is about, and where its journal is.</summary>
internal sealed class StoreArguments
{
    private readonly Option<string?> _work = SharedOptions.Text(
        "--work", "The work folder; default: .ivim in the present folder.", "DIR");

    private readonly Option<string?> _journal = SharedOptions.Text("--journal-file",
        "File that holds the journal's URL; default: journal.url of a local cluster, or journal.db.", "FILE");

    private readonly Option<bool> _json = SharedOptions.Json();

    public void AddTo(Command command)
    {
        command.Add(_work);
        command.Add(_journal);
        command.Add(_json);
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <exception cref="RefusalException">FILE-MISSING, JOURNAL-ADDRESS, WORK-MISSING.</exception>
    public WorkFolderView Read(ParseResult parsed)
    {
        var root = parsed.GetValue(_work) ?? ".ivim";
        if (!Directory.Exists(Path.Combine(root, "artifacts")))
            throw new RefusalException("WORK-MISSING", "no artifacts in that folder", "a work folder of ivim",
                "name it with --work");
        var journal = WorkJournal.Of(root, parsed.GetValue(_journal)) ?? OwnJournal(root);
        return new WorkFolderView(root, journal);
    }

    private static SqliteJournal OwnJournal(string root)
    {
        var file = Path.Combine(root, "journal.db");
        if (!File.Exists(file))
            throw new RefusalException("JOURNAL-MISSING", "no journal in the work folder",
                "the journal that says which results count", "name its URL's file with --journal-file");
        return new SqliteJournal(file);
    }
}
