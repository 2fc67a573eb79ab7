using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Cohorts;

namespace Ivim.Hosting.Cohorts;

/// <summary>
/// The manifests of a work folder, and the key of each one's pseudonyms: what nobody but its owner may read.
/// </summary>
public sealed class CohortFolder(string root)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ConcurrentDictionary<CohortId, FiledManifest> _read = new();

    /// <summary>Replaces the manifest, and beside it the list for people of who is who; the pseudonyms stay.</summary>
    public void Save(CohortId cohort, CohortManifest manifest)
    {
        Write(ManifestOf(cohort), JsonSerializer.SerializeToUtf8Bytes(manifest, JsonSerializerOptions.Web));
        _read.TryRemove(cohort, out _);
        var pseudonyms = PseudonymsOf(cohort);
        var lines = manifest.Entries.Select(entry =>
            string.Join('\t', Name(pseudonyms, entry), entry.Centre, entry.Subject, entry.Session));
        Write(Path.Combine(root, cohort.Value, "who-is-who.tsv"),
            Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend("pseudonym\tcentre\tsubject\tsession")) + "\n"));
    }

    /// <returns>Null where there is none.</returns>
    public CohortManifest? Find(CohortId cohort) => Read(cohort)?.Manifest;

    /// <returns>The entry of this pseudonym; null where the manifest has none of it.</returns>
    internal CohortManifestEntry? EntryOf(CohortId cohort, string pseudonym) =>
        Read(cohort)?.Entries.GetValueOrDefault(pseudonym);

    /// <summary>The key is made once and never replaced: the names of outputs hang on it.</summary>
    internal Pseudonyms PseudonymsOf(CohortId cohort)
    {
        var path = Path.Combine(root, cohort.Value, "pseudonym-key");
        if (!File.Exists(path)) Write(path, Pseudonyms.NewKey(), isFirst: true);
        return new Pseudonyms(File.ReadAllBytes(path));
    }

    /// <summary>The cohorts that have been submitted here.</summary>
    public IReadOnlyList<CohortId> Cohorts() => !Directory.Exists(root) ? []
        : [.. Directory.EnumerateDirectories(root).Select(folder => new CohortId(Path.GetFileName(folder)))
            .Where(cohort => File.Exists(ManifestOf(cohort))).OrderBy(cohort => cohort.Value, StringComparer.Ordinal)];

    private static string Name(Pseudonyms pseudonyms, CohortManifestEntry entry) =>
        pseudonyms.Of(entry.Centre, entry.Subject, entry.Session);

    /// <summary>Parsed once for as long as the file stays: ten thousand entries are looked up one by one.</summary>
    private FiledManifest? Read(CohortId cohort)
    {
        var file = new FileInfo(ManifestOf(cohort));
        if (!file.Exists) return null;
        if (_read.TryGetValue(cohort, out var known) && known.Of == (file.LastWriteTimeUtc, file.Length)) return known;
        var manifest = JsonSerializer.Deserialize<CohortManifest>(
            File.ReadAllBytes(file.FullName), JsonSerializerOptions.Web)
            ?? throw new InvalidDataException("an empty manifest");
        var pseudonyms = PseudonymsOf(cohort);
        return _read[cohort] = new FiledManifest((file.LastWriteTimeUtc, file.Length), manifest,
            manifest.Entries.ToDictionary(entry => Name(pseudonyms, entry), StringComparer.Ordinal));
    }

    private void Write(string path, byte[] bytes, bool isFirst = false)
    {
        MakePrivate(root);
        MakePrivate(Path.GetDirectoryName(path)!);
        if (isFirst) DurableFile.TryWriteNew(path, file => file.Write(bytes));
        else DurableFile.Write(path, bytes);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Owner);
    }

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
    }

    private string ManifestOf(CohortId cohort) => Path.Combine(root, cohort.Value, "manifest.json");

    private sealed record FiledManifest((DateTime Written, long Bytes) Of, CohortManifest Manifest,
        IReadOnlyDictionary<string, CohortManifestEntry> Entries);
}
