using Ivim.Physics;

namespace Ivim.Cli.LocalCluster;

/// <summary>
/// Where the asked journal's URL lies. A URL given as text moves into a file that only its owner may read.
/// </summary>
internal sealed class JournalChoice
{
    private readonly ClusterFolder _folder;
    private readonly string? _url;

    /// <exception cref="RefusalException">`FILE-MISSING`.</exception>
    public JournalChoice(ClusterFolder folder, ClusterWishes wishes)
    {
        _folder = folder;
        _url = wishes.Journal == ClusterWishes.Sqlite ? null : wishes.Journal;
        File = wishes.JournalFile is { } given ? Path.GetFullPath(given) : _url is null ? null : folder.JournalUrlFile;
        if (wishes.JournalFile is not null && !System.IO.File.Exists(File))
            throw new RefusalException(
                "FILE-MISSING", "no journal file there", "a file that holds the journal's URL", "check --journal-file");
    }

    /// <summary>Null for SQLite.</summary>
    public string? File { get; }

    /// <summary>Writes the URL down, if there is one to write.</summary>
    /// <exception cref="RefusalException">`CLUSTER-DIFFERS`: running nodes use another one.</exception>
    public void Keep(bool anyRuns)
    {
        if (_url is null) return;
        if (System.IO.File.Exists(File) && System.IO.File.ReadAllText(File) == _url) return;
        if (anyRuns)
            throw new RefusalException(
                "CLUSTER-DIFFERS", "another journal than that of the cluster that runs here", "the same one",
                "leave --journal out, or end the cluster with `ivim cluster down` first");
        SecretFile.Write(_folder.JournalUrlFile, _url);
    }
}
