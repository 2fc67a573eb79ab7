using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Ivim.EndToEnd.Tests.Outputs;

/// <summary>The artifact files of a work folder, found by the item that made them.</summary>
internal sealed class StoredArtifacts(string work)
{
    private readonly string _root = Path.Combine(work, "artifacts");

    /// <summary>How many items have a stored result.</summary>
    public int ResultCount(string itemPrefix) => Results().Count(result =>
        ((string)result["Item"]!).StartsWith(itemPrefix, StringComparison.Ordinal));

    /// <summary>How many trainings have been begun and written a checkpoint.</summary>
    public int CheckpointCount() => Files("checkpoints").Count();

    public void Delete(string item, string output) => File.Delete(PathOf(item, output));

    public void FlipByte(string item, string output)
    {
        string path = PathOf(item, output);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 0x40;
        File.WriteAllBytes(path, bytes);
    }

    private string PathOf(string item, string output)
    {
        var outputs = Results().Single(result => (string?)result["Item"] == item)["Result"]!["Outputs"]!.AsArray();
        var artifact = outputs.Single(named => (string?)named!["Name"] == output)!["Artifact"]!;
        string sha256 = (string)artifact["Sha256"]!;
        return Path.Combine(_root, "sha256", sha256[..2], sha256);
    }

    /// <summary>A result file is the SHA-256 of its JSON, then the JSON.</summary>
    private IEnumerable<JsonNode> Results() =>
        Files("results").Select(file => JsonNode.Parse(File.ReadAllBytes(file).AsSpan(SHA256.HashSizeInBytes))!);

    /// <summary>Whole files only: the others have a temporary name.</summary>
    private IEnumerable<string> Files(string folder) => Directory.Exists(Path.Combine(_root, folder))
        ? Directory.EnumerateFiles(Path.Combine(_root, folder), "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal))
        : [];
}
