using System.Text;
using Ivim.Domain.Protocols;
using Ivim.Physics;

namespace Ivim.Hosting.Manifests;

/// <summary>Reads a manifest, whole, and says everything that is wrong with it before anything of it starts.</summary>
public static class ManifestReader
{
    private const long MostBytes = 64L << 20;

    /// <param name="input">A CSV or JSON file, or a BIDS dataset.</param>
    /// <param name="root">The folder that paths are relative to; null: the manifest's own.</param>
    /// <exception cref="RefusalException">It is no manifest at all.</exception>
    public static CheckedManifest Read(
        string input, string? root, Protocol protocol, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        if (Directory.Exists(input))
            return new ManifestCheck(new RootJail(root ?? input), protocol)
                .Of(ManifestOfBids.Read(input), cancellation);
        if (!File.Exists(input))
            throw new RefusalException("FILE-MISSING", "no manifest", "a CSV or JSON file, or a BIDS dataset",
                "check the path");
        var jail = new RootJail(root ?? Path.GetDirectoryName(Path.GetFullPath(input))!);
        return new ManifestCheck(jail, protocol).Of(Rows(input), cancellation);
    }

    private static IReadOnlyList<ManifestRow> Rows(string path)
    {
        if (new FileInfo(path).Length > MostBytes)
            throw new RefusalException("MANIFEST-TOO-LARGE", "a manifest of more than 64 MiB", "some 200,000 studies",
                "split it into several cohorts");
        var text = Text(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => ManifestTable.Read(text),
            ".JSON" => ManifestDocument.Read(text),
            _ => throw new RefusalException("MANIFEST-KIND", "a file of another kind", "NAME.csv or NAME.json",
                "rename it as what it is"),
        };
    }

    private static string Text(string path)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
                .GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new RefusalException("MANIFEST-ENCODING", "bytes that are no UTF-8", "text in UTF-8",
                "save it as UTF-8", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RefusalException("FILE-UNREADABLE", "a manifest that may not be read", "permission to read it",
                "change its permissions", e);
        }
    }
}
