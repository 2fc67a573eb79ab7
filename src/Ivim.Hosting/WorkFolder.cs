using Ivim.Actors.Artifacts;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Intake;
using Ivim.Physics;

namespace Ivim.Hosting;

/// <summary>
/// The folders of one work folder, held by one process at a time or shared by the nodes of a cluster.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly FileStream _lock;
    private readonly bool _isFresh;
    private bool _discard;

    private WorkFolder(string root, FileStream held)
    {
        (Root, _lock) = (root, held);
        _isFresh = !File.Exists(Journal) && !Directory.Exists(Path.Combine(root, "artifacts"));
        Store = new FolderArtifactStore(Path.Combine(root, "artifacts"));
        Dossiers = new DossierFolder(Path.Combine(root, "dossiers"));
        Cohorts = new CohortFolder(Path.Combine(root, "cohorts"));
        Inputs = new InputFolder(root);
    }

    public string Root { get; }

    public IArtifactStore Store { get; }

    public DossierFolder Dossiers { get; }

    public CohortFolder Cohorts { get; }

    public InputFolder Inputs { get; }

    public string Journal => Path.Combine(Root, "journal.db");

    public string Log => Path.Combine(Root, "log.txt");

    /// <summary>
    /// Makes the folder where it does not exist, and holds it alone until disposed or until the process dies.
    /// </summary>
    /// <exception cref="RefusalException">WORK-IN-USE, WORK-UNWRITABLE.</exception>
    public static WorkFolder Open(string path) => Open(path, () =>
    {
        var held = new FileStream(LockOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        RemoveUnfinished(path, _ => true);
        return held;
    });

    /// <summary>The same for the nodes of a cluster, which share it; nobody can hold it alone meanwhile.</summary>
    /// <exception cref="RefusalException">WORK-IN-USE, WORK-UNWRITABLE.</exception>
    public static WorkFolder OpenShared(string path) => Open(path, () =>
    {
        // Anything but FileShare.None takes a shared lock of the file, which an exclusive one has to wait for.
        var held = new FileStream(LockOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        RemoveUnfinished(path, file => now - File.GetLastWriteTimeUtc(file) > Forgotten);
        return held;
    });

    private static WorkFolder Open(string path, Func<FileStream> hold)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
        try
        {
            return new WorkFolder(Path.GetFullPath(path), hold());
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(e);
        }
        catch (IOException e) when (File.Exists(LockOf(path)))
        {
            throw new RefusalException("WORK-IN-USE", "a work folder that another ivim process holds",
                "one process per work folder, or the nodes of one cluster",
                "wait for it to end, or choose another folder with --work", e);
        }
        catch (IOException e)
        {
            throw Unwritable(e);
        }
    }

    private static string LockOf(string path) => Path.Combine(path, "lock");

    /// <summary>
    /// Takes the folder away with <see cref="Dispose"/> if this process was the first in it: nothing in it is worth
    /// coming back to. Done while the folder is still held, so that no other process can be in it.
    /// </summary>
    public void DiscardIfFresh() => _discard = _isFresh;

    public void Dispose()
    {
        if (_discard) Directory.Delete(Root, recursive: true);
        _lock.Dispose();
    }

    /// <summary>
    /// Nobody writes while the folder is held alone: what has a temporary name was left by a process that died. While
    /// it is shared, only what is so old that nobody can be at it any more.
    /// </summary>
    private static void RemoveUnfinished(string path, Func<string, bool> isLeft)
    {
        string pattern = "*" + DurableFile.TemporarySuffix;
        foreach (var file in Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories).Where(isLeft))
            File.Delete(file);
    }

    private static RefusalException Unwritable(Exception cause) => new("WORK-UNWRITABLE",
        "a work folder that cannot be written", "a writable folder", "choose another with --work or --out", cause);
}
