using Ivim.Domain.Artifacts;

namespace Ivim.Actors.Artifacts;

/// <summary>Where a folder store keeps what, and what lies there.</summary>
internal sealed class StoreFolders(string root)
{
    private const int HexDigits = 64;

    public string Artifacts => Path.Combine(root, "sha256");

    public string Results => Path.Combine(root, "results");

    public string Suspects => Path.Combine(root, "results-suspect");

    public string Checkpoints => Path.Combine(root, "checkpoints");

    public string Damaged => Path.Combine(root, "damaged");

    public string PathOf(ArtifactRef artifact) => Path.Combine(Artifacts, artifact.Sha256[..2], artifact.Sha256);

    public string ResultPath(ContentKey key) => Path.Combine(Results, key.Hex[..2], key.Hex);

    /// <summary>In their order, folder by folder: whoever needs a few does not list them all.</summary>
    public IEnumerable<ContentKey> ResultKeys() => !Directory.Exists(Results) ? []
        : Directory.EnumerateDirectories(Results).Order(StringComparer.Ordinal).SelectMany(folder =>
            FilesIn(folder).Where(IsHex).Select(file => new ContentKey(file.Name))
                .OrderBy(key => key.Hex, StringComparer.Ordinal));

    public IEnumerable<FileInfo> ResultFiles() => FilesIn(Results).Where(IsHex);

    public IEnumerable<FileInfo> ArtifactFiles() => FilesIn(Artifacts).Where(IsHex);

    /// <summary>The files `key.step`.</summary>
    public IEnumerable<(ContentKey Key, FileInfo File)> CheckpointFiles() => FilesIn(Checkpoints)
        .Where(file => file.Name.Length > HexDigits && file.Name[HexDigits] == '.' && !IsUnfinished(file))
        .Select(file => (new ContentKey(file.Name[..HexDigits]), file));

    /// <summary>What a write left behind that did not end, or is about to end.</summary>
    public IEnumerable<FileInfo> Unfinished() => FilesIn(root).Where(IsUnfinished);

    public static IEnumerable<FileInfo> FilesIn(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories) : [];

    /// <summary>A damaged file is kept for whoever looks for the cause, out of the way of its successor.</summary>
    public void SetAside(string path)
    {
        if (!File.Exists(path)) return;
        Directory.CreateDirectory(Damaged);
        File.Move(path, Path.Combine(Damaged, Path.GetFileName(path)), overwrite: true);
    }

    private static bool IsHex(FileInfo file) =>
        file.Name.Length == HexDigits && file.Name.All(char.IsAsciiHexDigitLower);

    private static bool IsUnfinished(FileInfo file) =>
        file.Name.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal);
}
