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

    /// <summary>The bytes of a name; null where they are missing, damaged or more than that.</summary>
    byte[]? Find(string sha256, int mostBytes);

    /// <summary>The result of a key, if it is stored and every artifact of it is still there.</summary>
    StoredResult? FindResult(ContentKey key);

    /// <summary>Keeps the first result of a key for ever; an equal one changes nothing.</summary>
    /// <param name="worker">Who made it.</param>
    /// <param name="took">How long the whole item took; null where that is not known.</param>
    /// <exception cref="ResultConflictException">
    /// The key has another result: that one stays, and both are told in `results-suspect`.
    /// </exception>
    void SaveResult(WorkItem item, WorkResult result, string worker, TimeSpan? took = null);

    /// <summary>The checkpoint of an unfinished item with the most steps that is whole; null where none is.</summary>
    byte[]? FindCheckpoint(ContentKey key);

    /// <summary>Keeps a checkpoint and the one before; an earlier step never takes the place of a later.</summary>
    void SaveCheckpoint(ContentKey key, int step, ReadOnlyMemory<byte> bytes);

    void DropCheckpoint(ContentKey key);
}

/// <summary>A result with its lineage, as provenance prints it.</summary>
/// <param name="Item">For example `train/slab-003/member-02`.</param>
/// <param name="Study">The study that it was made for; null in a result of an earlier release, as what follows.</param>
/// <param name="Protocol">The protocol document that the item was run with.</param>
/// <param name="Seconds">How long the item took; null also where a training went on from a checkpoint.</param>
public sealed record StoredResult(
    string Item,
    IReadOnlyList<KeyValuePair<string, string>> Recipe,
    IReadOnlyList<WorkInput> Inputs,
    WorkResult Result,
    string? Study = null,
    ArtifactRef? Protocol = null,
    double? Seconds = null);

/// <summary>A second result of a key that is not the first.</summary>
/// <param name="Item">For example `train/slab-003/member-02`.</param>
/// <param name="FirstSha256">Over the outputs of the result that is kept.</param>
/// <param name="SecondSha256">Over the outputs of the one that <paramref name="Worker"/> made.</param>
public sealed record SuspectResult(string Key, string Item, string FirstSha256, string SecondSha256, string Worker,
    DateTimeOffset At, IReadOnlyList<NamedArtifact> First, IReadOnlyList<NamedArtifact> Second);

/// <summary>Equal key, unequal result: neither can be trusted, and no third run tells which is right.</summary>
public sealed class ResultConflictException(ItemName item)
    : Exception($"two different results of {item}")
{
    public ItemName Item { get; } = item;
}

/// <summary>An artifact is missing or damaged; whoever made it has to make it again.</summary>
public sealed class LostArtifactException(ArtifactRef artifact)
    : IOException($"artifact {artifact} is missing or damaged")
{
    public ArtifactRef Artifact { get; } = artifact;
}
