using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Ivim.Faults.Tests.Scans;

/// <summary>The artifact store of a work folder, for faults that damage it.</summary>
internal sealed class StoredResults(string work)
{
    private readonly string _root = Path.Combine(work, "artifacts");

    /// <summary>The files that an item has made, each whole and by its name.</summary>
    public IReadOnlyList<string> FilesOf(string item) =>
    [
        .. Results().Where(result => (string?)result["Item"] == item)
            .SelectMany(result => result["Result"]!["Outputs"]!.AsArray())
            .Select(output => (string)output!["Artifact"]!["Sha256"]!)
            .Select(hash => Path.Combine(_root, "sha256", hash[..2], hash)),
    ];

    /// <summary>The checkpoints of an unfinished item, the newest first: `key.step`, and the one before it.</summary>
    public IReadOnlyList<string> CheckpointsOf(string key) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(_root, "checkpoints"), key + ".*")
            .Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal)).OrderDescending(StringComparer.Ordinal),
    ];

    /// <summary>Files that a reader found damaged and put aside.</summary>
    public IReadOnlyList<string> Damaged => Directory.Exists(Path.Combine(_root, "damaged"))
        ? [.. Directory.EnumerateFiles(Path.Combine(_root, "damaged")).Select(Path.GetFileName).OfType<string>()] : [];

    /// <summary>A result file is the SHA-256 of its JSON, then the JSON.</summary>
    private IEnumerable<JsonNode> Results() => Directory.Exists(Path.Combine(_root, "results"))
        ? Directory.EnumerateFiles(Path.Combine(_root, "results"), "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal))
            .Select(file => JsonNode.Parse(File.ReadAllBytes(file).AsSpan(SHA256.HashSizeInBytes))!)
        : [];
}
