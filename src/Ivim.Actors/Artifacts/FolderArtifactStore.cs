using System.Security.Cryptography;
using System.Text.Json;
using Ivim.Actors.Work;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Artifacts;

/// <summary>
/// A folder as store: `sha256/ab/..`, `results/ab/..`, `results-suspect/..`, `checkpoints/key.step`, `damaged/..`.
/// </summary>
/// <remarks>
/// Results and checkpoints begin with the SHA-256 of what follows, since their names do not tell their content.
/// </remarks>
/// <param name="root">May be shared by many processes: every file is immutable, or replaced whole.</param>
/// <param name="clock">Dates what is set aside; the system's where null.</param>
public sealed class FolderArtifactStore(string root, TimeProvider? clock = null) : IArtifactStore
{
    private const int CheckpointsKept = 2;

    private readonly StoreFolders _folders = new(root);

    /// <summary>Whether a damaged file that is come upon is moved to `damaged`; false for who may only look.</summary>
    public bool SetsAside { get; init; } = true;

    internal StoreFolders Folders => _folders;

    public ArtifactRef Put(ReadOnlyMemory<byte> bytes)
    {
        var artifact = new ArtifactRef(Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), bytes.Length);
        if (IsWhole(artifact)) return artifact;
        SetAside(PathOf(artifact));
        DurableFile.Write(PathOf(artifact), bytes);
        return artifact;
    }

    public byte[] Read(ArtifactRef artifact)
    {
        var path = PathOf(artifact);
        if (!Contains(artifact)) throw Lost(artifact);
        var bytes = File.ReadAllBytes(path);
        if (!TestHooks.ChecksHashes) return bytes;
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) == artifact.Sha256) return bytes;
        throw Lost(artifact);
    }

    public bool Contains(ArtifactRef artifact)
    {
        var file = new FileInfo(PathOf(artifact));
        return file.Exists && file.Length == artifact.Bytes;
    }

    public byte[]? Find(string sha256, int mostBytes)
    {
        var file = new FileInfo(PathOf(new ArtifactRef(sha256, 0)));
        if (!file.Exists || file.Length > mostBytes) return null;
        var artifact = new ArtifactRef(sha256, file.Length);
        return IsWhole(artifact) ? Read(artifact) : null;
    }

    public StoredResult? FindResult(ContentKey key)
    {
        var stored = Stored(ResultPath(key));
        return stored is not null && stored.Result.Outputs.All(output => Contains(output.Artifact)) ? stored : null;
    }

    /// <summary>The result of a key, whether or not its artifacts are there.</summary>
    public StoredResult? ReadResult(ContentKey key) => Stored(ResultPath(key));

    public void SaveResult(WorkItem item, WorkResult result, string worker, TimeSpan? took = null)
    {
        var made = new StoredResult(item.Name.ToString(), item.Recipe, item.Inputs, result with { Reused = false },
            item.Study.Value, item.Protocol, took?.TotalSeconds);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(made);
        var path = ResultPath(item.Key);
        while (!DurableFile.TryWriteNew(path, file => Seal(file, bytes)))
        {
            if (Stored(path) is not { } first) continue; // damaged and set aside, so that there is room
            if (first.Result.Agrees(result)) return;
            SetAside(item, first.Result, result, worker);
            throw new ResultConflictException(item.Name);
        }
    }

    public byte[]? FindCheckpoint(ContentKey key) =>
        Checkpoints(key).Select(ReadSealed).FirstOrDefault(bytes => bytes is not null);

    public void SaveCheckpoint(ContentKey key, int step, ReadOnlyMemory<byte> bytes)
    {
        WriteSealed(Path.Combine(_folders.Checkpoints, $"{key.Hex}.{step:D9}"), bytes);
        foreach (var old in Checkpoints(key).Skip(CheckpointsKept)) DurableFile.Delete(old);
    }

    public void DropCheckpoint(ContentKey key)
    {
        foreach (var path in Checkpoints(key)) DurableFile.Delete(path);
    }

    /// <summary>The files `key.step`, most steps first; another process may be adding to them.</summary>
    private string[] Checkpoints(ContentKey key)
    {
        if (!Directory.Exists(_folders.Checkpoints)) return [];
        return [.. Directory.EnumerateFiles(_folders.Checkpoints, key.Hex + ".*")
            .Where(path => Path.GetExtension(path) is { Length: 10 } step && step[1..].All(char.IsAsciiDigit))
            .OrderDescending(StringComparer.Ordinal)];
    }

    private StoredResult? Stored(string path) =>
        ReadSealed(path) is { } json ? JsonSerializer.Deserialize<StoredResult>(json) : null;

    /// <summary>What somebody needs who has to find out which of two results is right.</summary>
    private void SetAside(WorkItem item, WorkResult first, WorkResult second, string worker)
    {
        var suspect = new SuspectResult(item.Key.Hex, item.Name.ToString(), first.OutputsSha256(),
            second.OutputsSha256(), worker, (clock ?? TimeProvider.System).GetUtcNow(), first.Outputs, second.Outputs);
        var path = Path.Combine(_folders.Suspects, $"{item.Key.Hex}.{suspect.SecondSha256[..12]}.json");
        DurableFile.TryWriteNew(path, file => JsonSerializer.Serialize(file, suspect));
    }

    private static void WriteSealed(string path, ReadOnlyMemory<byte> bytes) =>
        DurableFile.Write(path, file => Seal(file, bytes));

    private static void Seal(Stream file, ReadOnlyMemory<byte> bytes)
    {
        file.Write(SHA256.HashData(bytes.Span));
        file.Write(bytes.Span);
    }

    private byte[]? ReadSealed(string path)
    {
        if (!File.Exists(path)) return null;
        var file = File.ReadAllBytes(path);
        int start = SHA256.HashSizeInBytes;
        if (file.Length > start && SHA256.HashData(file.AsSpan(start)).AsSpan().SequenceEqual(file.AsSpan(0, start)))
            return file[start..];
        SetAside(path);
        return null;
    }

    /// <summary>Whether the bytes are there and are what their name says.</summary>
    public bool IsWhole(ArtifactRef artifact)
    {
        if (!Contains(artifact)) return false;
        using var file = File.OpenRead(PathOf(artifact));
        return Convert.ToHexStringLower(SHA256.HashData(file)) == artifact.Sha256;
    }

    private LostArtifactException Lost(ArtifactRef artifact)
    {
        SetAside(PathOf(artifact));
        return new LostArtifactException(artifact);
    }

    /// <summary>A damaged file is kept for whoever looks for the cause, out of the way of its successor.</summary>
    private void SetAside(string path)
    {
        if (SetsAside) _folders.SetAside(path);
    }

    private string PathOf(ArtifactRef artifact) => _folders.PathOf(artifact);

    private string ResultPath(ContentKey key) => _folders.ResultPath(key);
}
