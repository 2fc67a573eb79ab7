using Ivim.Actors.Artifacts;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Planning;
using Ivim.Domain.Work;

namespace Ivim.Actors.Planning;

/// <summary>What a store knows, for a forecast.</summary>
/// <param name="store">Has to leave damaged files where they are.</param>
public sealed class StoredKnowledge(FolderArtifactStore store) : IKnownResults
{
    private readonly Dictionary<ContentKey, WorkResult> _rehearsed = [];
    private readonly Dictionary<string, bool> _readable = [];

    /// <summary>
    /// Whether artifacts that would be read are hashed; if not, one that is damaged and of its full length passes.
    /// </summary>
    public bool HashesArtifacts { get; init; } = true;

    /// <summary>What an item will make that has been run aside: known, but not kept.</summary>
    public void Add(ContentKey key, WorkResult result)
    {
        _rehearsed[key] = result;
        foreach (var output in result.Outputs) _readable[output.Artifact.Sha256] = true;
    }

    public KnownResult? Find(ContentKey key)
    {
        if (_rehearsed.TryGetValue(key, out var rehearsed)) return new KnownResult(rehearsed, IsWhole: false);
        return store.ReadResult(key) is { } stored
            ? new KnownResult(stored.Result, stored.Result.Outputs.All(output => store.Contains(output.Artifact)))
            : null;
    }

    public bool IsReadable(ArtifactRef artifact)
    {
        if (!_readable.TryGetValue(artifact.Sha256, out bool isReadable))
            _readable[artifact.Sha256] = isReadable =
                HashesArtifacts ? store.IsWhole(artifact) : store.Contains(artifact);
        return isReadable;
    }
}
