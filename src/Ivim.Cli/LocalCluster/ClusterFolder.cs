using Ivim.Cli.Output;
using Ivim.Physics;

namespace Ivim.Cli.LocalCluster;

/// <summary>The files of a local cluster in its work folder.</summary>
internal sealed class ClusterFolder
{
    private readonly string _path;

    /// <param name="path">The work folder; the nodes get it as an absolute path.</param>
    public ClusterFolder(string path) => _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    public string Work => _path;

    public string StateFile => Path.Combine(_path, "cluster.json");

    public string TokenFile => Path.Combine(_path, "token");

    /// <summary>The URL of a PostgreSQL journal, which may hold a password: for its owner only.</summary>
    public string JournalUrlFile => Path.Combine(_path, "journal.url");

    public string LockFile => Path.Combine(_path, "cluster.lock");

    public string Crashes => Path.Combine(_path, "crashes");

    public string History => Path.Combine(_path, "history");

    public string LogOf(LocalNode node) => Path.Combine(_path, "logs", node.Name + ".log");

    public void Make()
    {
        foreach (var folder in (string[])[_path, Crashes, Path.Combine(_path, "logs")])
            Directory.CreateDirectory(folder);
    }

    /// <returns>Null where no cluster was ever started.</returns>
    public ClusterState? Read() => File.Exists(StateFile) ? ClusterState.FromJson(File.ReadAllBytes(StateFile)) : null;

    /// <exception cref="RefusalException">`CLUSTER-MISSING`.</exception>
    public ClusterState ReadExisting() => Read() ?? throw new RefusalException(
        "CLUSTER-MISSING", "no cluster.json in the work folder", "the folder of a cluster that `ivim cluster up` made",
        "give that folder with --work");

    public void Write(ClusterState state) => AtomicFile.Write(StateFile, state.ToJson());
}
