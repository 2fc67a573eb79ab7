using System.Security.Cryptography;
using System.Text.Json;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Artifacts;

/// <summary>
/// The artifact store as a folder: `sha256/ab/cd..`, `results/ab/..json`, `checkpoints/..`, `damaged/..`.
/// </summary>
/// <param name="root">May be shared by many processes: every file is immutable, or replaced whole.</param>
public sealed class FolderArtifactStore(string root) : IArtifactStore
{
    public ArtifactRef Put(ReadOnlyMemory<byte> bytes)
    {
        var artifact = new ArtifactRef(Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), bytes.Length);
        if (!Contains(artifact)) DurableFile.Write(PathOf(artifact), bytes);
        return artifact;
    }

    public byte[] Read(ArtifactRef artifact)
    {
        var path = PathOf(artifact);
        if (!Contains(artifact)) throw Lost(artifact);
        var bytes = File.ReadAllBytes(path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) == artifact.Sha256) return bytes;
        throw Lost(artifact);
    }

    public bool Contains(ArtifactRef artifact)
    {
        var file = new FileInfo(PathOf(artifact));
        return file.Exists && file.Length == artifact.Bytes;
    }

    public StoredResult? FindResult(ContentKey key)
    {
        var path = ResultPath(key);
        if (!File.Exists(path)) return null;
        var stored = Parse(File.ReadAllBytes(path));
        if (stored is null) SetAside(path);
        return stored is not null && stored.Result.Outputs.All(output => Contains(output.Artifact)) ? stored : null;
    }

    public void SaveResult(WorkItem item, WorkResult result)
    {
        var stored = new StoredResult(item.Name.ToString(), item.Recipe, item.Inputs, result with { Reused = false });
        DurableFile.Write(ResultPath(item.Key), JsonSerializer.SerializeToUtf8Bytes(stored));
    }

    public byte[]? FindCheckpoint(ContentKey key)
    {
        var path = CheckpointPath(key);
        if (!File.Exists(path)) return null;
        var file = File.ReadAllBytes(path);
        if (file.Length > SHA256.HashSizeInBytes
            && SHA256.HashData(file.AsSpan(SHA256.HashSizeInBytes)).AsSpan()
                .SequenceEqual(file.AsSpan(0, SHA256.HashSizeInBytes)))
            return file[SHA256.HashSizeInBytes..];
        SetAside(path);
        return null;
    }

    public void SaveCheckpoint(ContentKey key, ReadOnlyMemory<byte> bytes) =>
        DurableFile.Write(CheckpointPath(key), file =>
        {
            file.Write(SHA256.HashData(bytes.Span));
            file.Write(bytes.Span);
        });

    public void DropCheckpoint(ContentKey key) => DurableFile.Delete(CheckpointPath(key));

    private static StoredResult? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<StoredResult>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private LostArtifactException Lost(ArtifactRef artifact)
    {
        SetAside(PathOf(artifact));
        return new LostArtifactException(artifact);
    }

    /// <summary>A damaged file is kept for whoever looks for the cause, out of the way of its successor.</summary>
    private void SetAside(string path)
    {
        if (!File.Exists(path)) return;
        var damaged = Path.Combine(root, "damaged");
        Directory.CreateDirectory(damaged);
        File.Move(path, Path.Combine(damaged, Path.GetFileName(path)), overwrite: true);
    }

    private string PathOf(ArtifactRef artifact) =>
        Path.Combine(root, "sha256", artifact.Sha256[..2], artifact.Sha256);

    private string ResultPath(ContentKey key) => Path.Combine(root, "results", key.Hex[..2], key.Hex + ".json");

    private string CheckpointPath(ContentKey key) => Path.Combine(root, "checkpoints", key.Hex);
}
