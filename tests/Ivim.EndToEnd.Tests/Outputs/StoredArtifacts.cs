using System.Security.Cryptography;
using System.Text;
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

    public void Delete(string item, string output) => File.Delete(FileOf(item, output));

    /// <summary>The record of the item's one result.</summary>
    public string FileOf(string item) =>
        Files("results").Single(file => (string?)ReadRecord(file)["Item"] == item);

    /// <summary>One of its artifacts.</summary>
    public string FileOf(string item, string output) => FileOfArtifact(Sha256Of(item, output));

    public string Sha256Of(string item, string output)
    {
        var outputs = ReadRecord(FileOf(item))["Result"]!["Outputs"]!.AsArray();
        return (string)outputs.Single(named => (string?)named!["Name"] == output)!["Artifact"]!["Sha256"]!;
    }

    /// <summary>The one protocol that the results were made with.</summary>
    public string ProtocolFile() => FileOfArtifact(
        Results().Select(result => (string)result["Protocol"]!["Sha256"]!).Distinct().Single());

    /// <summary>Writes a record anew whose text has changed; it reads back as if it had been made so.</summary>
    public static void Reseal(string record, Func<string, string> change)
    {
        var text = Encoding.UTF8.GetString(File.ReadAllBytes(record).AsSpan(SHA256.HashSizeInBytes));
        var bytes = Encoding.UTF8.GetBytes(change(text));
        File.WriteAllBytes(record, [.. SHA256.HashData(bytes), .. bytes]);
    }

    public void FlipByte(string item, string output)
    {
        string path = FileOf(item, output);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 0x40;
        File.WriteAllBytes(path, bytes);
    }

    private string FileOfArtifact(string sha256) => Path.Combine(_root, "sha256", sha256[..2], sha256);

    private IEnumerable<JsonNode> Results() => Files("results").Select(ReadRecord);

    /// <summary>A result file is the SHA-256 of its JSON, then the JSON.</summary>
    private static JsonNode ReadRecord(string file) =>
        JsonNode.Parse(File.ReadAllBytes(file).AsSpan(SHA256.HashSizeInBytes))!;

    /// <summary>Whole files only: the others have a temporary name.</summary>
    private IEnumerable<string> Files(string folder) => Directory.Exists(Path.Combine(_root, folder))
        ? Directory.EnumerateFiles(Path.Combine(_root, folder), "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal))
        : [];
}
