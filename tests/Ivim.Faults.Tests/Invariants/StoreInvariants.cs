using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ivim.Faults.Tests.Invariants;

/// <summary>What must hold of the artifacts on the disk, whatever happened to those who wrote them.</summary>
internal static class StoreInvariants
{
    /// <summary>
    /// I6: every artifact has the hash that is its name, every result and checkpoint its seal, no output is half.
    /// </summary>
    public static IEnumerable<Violation> NoPartialArtefact(string work, string output)
    {
        string root = Path.Combine(work, "artifacts");
        foreach (string file in Whole(root, "sha256"))
        {
            using var stream = File.OpenRead(file);
            if (Convert.ToHexStringLower(SHA256.HashData(stream)) != Path.GetFileName(file))
                yield return new Violation("I6", $"artifact {Path.GetFileName(file)} is not what its name says");
        }
        foreach (string file in Whole(root, "results").Concat(Whole(root, "checkpoints")))
            if (Unsealed(file) is null) yield return new Violation("I6", $"{Path.GetFileName(file)} is half");
        foreach (string file in Whole(root, "results"))
            foreach (string missing in OutputsOf(file).Where(hash => !File.Exists(ArtifactPath(root, hash))))
                yield return new Violation("I6",
                    $"result {Path.GetFileName(file)} names {missing}, which is not stored");
        if (!Directory.Exists(output)) yield break;
        foreach (string file in Directory.EnumerateFiles(output, "*.tmp", SearchOption.AllDirectories))
            yield return new Violation("I6", $"{Path.GetFileName(file)} was left where readers look");
    }

    /// <summary>I5: each stored result's content key follows from its recipe.</summary>
    public static IEnumerable<Violation> KeysFollow(string work)
    {
        foreach (string file in Whole(Path.Combine(work, "artifacts"), "results"))
        {
            if (Unsealed(file) is not { } json) continue;
            if (KeyOf(json["Recipe"]!.AsArray()) != Path.GetFileName(file))
                yield return new Violation("I5", $"the key of {(string?)json["Item"]} does not follow from its recipe");
        }
    }

    /// <summary>
    /// DESIGN: SHA-256 over every field's name and value, each preceded by its length (int32, little-endian).
    /// </summary>
    private static string KeyOf(JsonArray recipe)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in recipe)
        {
            foreach (string part in (string[])[(string)field!["Key"]!, (string)field["Value"]!])
            {
                var bytes = Encoding.UTF8.GetBytes(part);
                hash.AppendData(BitConverter.GetBytes(bytes.Length));
                hash.AppendData(bytes);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What a publication names are the hashes of voxels, not artifacts.</summary>
    private static IEnumerable<string> OutputsOf(string result) =>
        Unsealed(result) is { } json && (string?)json["Item"] != "publish"
        ? json["Result"]!["Outputs"]!.AsArray().Select(output => (string)output!["Artifact"]!["Sha256"]!) : [];

    /// <summary>Such a file is the SHA-256 of what follows, then what follows; a checkpoint is no JSON.</summary>
    private static JsonNode? Unsealed(string file)
    {
        var bytes = File.ReadAllBytes(file);
        int seal = SHA256.HashSizeInBytes;
        if (bytes.Length <= seal || !SHA256.HashData(bytes.AsSpan(seal)).AsSpan().SequenceEqual(bytes.AsSpan(0, seal)))
            return null;
        return file.Contains("/checkpoints/", StringComparison.Ordinal) ? new JsonObject()
            : JsonNode.Parse(bytes.AsSpan(seal));
    }

    private static string ArtifactPath(string root, string hash) => Path.Combine(root, "sha256", hash[..2], hash);

    /// <summary>Published files; what is still being written, or was when its writer died, has another name.</summary>
    private static IEnumerable<string> Whole(string root, string folder) => Directory.Exists(Path.Combine(root, folder))
        ? Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal))
        : [];
}
