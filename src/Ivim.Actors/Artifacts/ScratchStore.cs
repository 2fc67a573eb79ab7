using System.Collections.Concurrent;
using System.Security.Cryptography;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Artifacts;

/// <summary>A store in memory over another, which is only read: what is run with it leaves no trace.</summary>
/// <remarks>Checkpoints are neither kept nor found, so that a training runs from its beginning.</remarks>
/// <param name="beneath">Has to leave damaged files where they are.</param>
public sealed class ScratchStore(FolderArtifactStore beneath) : IArtifactStore
{
    private readonly ConcurrentDictionary<string, byte[]> _bytes = new();
    private readonly ConcurrentDictionary<ContentKey, StoredResult> _results = new();
    private readonly ConcurrentDictionary<ContentKey, bool> _hidden = new();

    /// <summary>As if nobody had ever computed it.</summary>
    public void Hide(ContentKey key) => _hidden[key] = true;

    public ArtifactRef Put(ReadOnlyMemory<byte> bytes)
    {
        var artifact = new ArtifactRef(Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), bytes.Length);
        _bytes[artifact.Sha256] = bytes.ToArray();
        return artifact;
    }

    public byte[] Read(ArtifactRef artifact) =>
        _bytes.TryGetValue(artifact.Sha256, out var bytes) ? bytes : beneath.Read(artifact);

    public bool Contains(ArtifactRef artifact) => _bytes.ContainsKey(artifact.Sha256) || beneath.Contains(artifact);

    public byte[]? Find(string sha256, int mostBytes) => _bytes.TryGetValue(sha256, out var bytes)
        ? bytes.Length > mostBytes ? null : bytes : beneath.Find(sha256, mostBytes);

    public StoredResult? FindResult(ContentKey key) =>
        _results.TryGetValue(key, out var result) ? result : _hidden.ContainsKey(key) ? null : beneath.FindResult(key);

    public void SaveResult(WorkItem item, WorkResult result, string worker, TimeSpan? took = null) =>
        _results[item.Key] = new StoredResult(
            item.Name.ToString(), item.Recipe, item.Inputs, result, item.Study.Value, item.Protocol,
            took?.TotalSeconds);

    public byte[]? FindCheckpoint(ContentKey key) => null;

    public void SaveCheckpoint(ContentKey key, int step, ReadOnlyMemory<byte> bytes)
    {
    }

    public void DropCheckpoint(ContentKey key)
    {
    }
}
