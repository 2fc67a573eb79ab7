using System.Security.Cryptography;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Artifacts;

/// <summary>Every file of a store against its name; nothing is moved or mended.</summary>
/// <param name="store">Has to leave damaged files where they are.</param>
public sealed class StoreAudit(FolderArtifactStore store)
{
    private readonly List<StoreFinding> _findings = [];
    private readonly Dictionary<ContentKey, StoredResult> _results = [];
    private readonly Dictionary<string, long> _whole = [];
    private readonly HashSet<string> _damaged = [];

    /// <summary>Artifact files whose bytes were hashed, and how many bytes they hold.</summary>
    public (int Files, long Bytes) Hashed { get; private set; }

    public IReadOnlyList<StoreFinding> Findings => _findings;

    /// <summary>The results that could be read.</summary>
    public IReadOnlyDictionary<ContentKey, StoredResult> Results => _results;

    /// <summary>What writes left behind that did not end.</summary>
    public int Unfinished { get; private set; }

    /// <summary>Damaged files that a run has set aside.</summary>
    public int SetAside { get; private set; }

    public StoreAudit Run(CancellationToken cancellation)
    {
        foreach (var file in store.Folders.ArtifactFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            Hash(file);
        }
        foreach (var key in store.Folders.ResultKeys()) Check(key);
        Unfinished = store.Folders.Unfinished().Count();
        SetAside = StoreFolders.FilesIn(store.Folders.Damaged).Count();
        return this;
    }

    public ArtifactState StateOf(ArtifactRef artifact) =>
        _damaged.Contains(artifact.Sha256) ? ArtifactState.Damaged
        : _whole.TryGetValue(artifact.Sha256, out long bytes) && bytes == artifact.Bytes ? ArtifactState.Whole
        : ArtifactState.Missing;

    private void Hash(FileInfo file)
    {
        using var bytes = file.OpenRead();
        Hashed = (Hashed.Files + 1, Hashed.Bytes + bytes.Length);
        bool isWhole = Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Name
            && file.Directory?.Name == file.Name[..2];
        if (isWhole) _whole[file.Name] = bytes.Length;
        else if (_damaged.Add(file.Name))
            _findings.Add(new StoreFinding("FSCK-ARTIFACT-DAMAGED", $"artifact {file.Name[..12]}",
                "its bytes are not what its name says", "run the study again: it is made again"));
    }

    private void Check(ContentKey key)
    {
        if (store.ReadResult(key) is not { } stored)
        {
            _findings.Add(new StoreFinding("FSCK-RESULT-DAMAGED", $"result {key}", "the record does not read back",
                "run the study again: the item is made again"));
            return;
        }
        _results[key] = stored;
        if (!IsOf(stored, key))
            _findings.Add(new StoreFinding("FSCK-KEY-WRONG", $"result {key} of {stored.Item}",
                "the key is not that of its recipe and inputs", "move the record away, then run the study again"));
        if (stored.Item == ItemName.Publish.ToString()) return; // its outputs are sums of voxels, not artifacts
        foreach (var output in stored.Result.Outputs.Where(made => StateOf(made.Artifact) == ArtifactState.Missing))
            _findings.Add(new StoreFinding("FSCK-OUTPUT-LOST", $"{output.Name} of {stored.Item}, result {key}",
                "the artifact is not there", "run the study again: the item is computed again"));
    }

    private static bool IsOf(StoredResult stored, ContentKey key) =>
        new KeyRecipe().With(stored.Recipe).ToKey() == key
        && stored.Inputs.All(input => stored.Recipe.Contains(new("input." + input.Name, input.Artifact.Sha256)));
}

public enum ArtifactState
{
    Missing = 0,
    Whole = 1,
    Damaged = 2,
}

/// <summary>Something in a store that is not as it should be.</summary>
/// <param name="Where">Kind, item and first digits of a hash; never a path.</param>
public sealed record StoreFinding(string Code, string Where, string Found, string Remedy);
