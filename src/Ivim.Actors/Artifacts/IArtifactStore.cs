using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Artifacts;

/// <summary>
/// Immutable bytes by content, results by content key, checkpoints by content key. Safe for many threads.
/// </summary>
public interface IArtifactStore
{
    /// <summary>Stores bytes durably; storing the same bytes twice is one artifact.</summary>
    ArtifactRef Put(ReadOnlyMemory<byte> bytes);

    /// <exception cref="LostArtifactException">
    /// The artifact is missing or its bytes are not what its name says.
    /// </exception>
    byte[] Read(ArtifactRef artifact);

    bool Contains(ArtifactRef artifact);

    /// <summary>The result of a key, if it is stored and every artifact of it is still there.</summary>
    StoredResult? FindResult(ContentKey key);

    void SaveResult(WorkItem item, WorkResult result);

    /// <summary>The checkpoint of an unfinished item with the most steps that is whole; null where none is.</summary>
    byte[]? FindCheckpoint(ContentKey key);

    /// <summary>Keeps a checkpoint and the one before; an earlier step never takes the place of a later.</summary>
    void SaveCheckpoint(ContentKey key, int step, ReadOnlyMemory<byte> bytes);

    void DropCheckpoint(ContentKey key);
}

/// <summary>A result with its lineage, as provenance prints it.</summary>
/// <param name="Item">For example `train/slab-003/member-02`.</param>
public sealed record StoredResult(
    string Item,
    IReadOnlyList<KeyValuePair<string, string>> Recipe,
    IReadOnlyList<WorkInput> Inputs,
    WorkResult Result);

/// <summary>An artifact is missing or damaged; whoever made it has to make it again.</summary>
public sealed class LostArtifactException(ArtifactRef artifact)
    : IOException($"artifact {artifact} is missing or damaged")
{
    public ArtifactRef Artifact { get; } = artifact;
}
