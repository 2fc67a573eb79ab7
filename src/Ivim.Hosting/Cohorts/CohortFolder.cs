using System.Collections.Concurrent;
using System.Security.Cryptography;
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
    private const int NameDigits = 16;

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ConcurrentDictionary<CohortId, FiledManifests> _read = new();

    /// <summary>
    /// Keeps what is new of a manifest in a file of its own, which nobody changes any more: two seeds that take
    /// entries of one cohort in at the same time keep those of both. Renews the list for people of who is who.
    /// </summary>
    public void Save(CohortId cohort, CohortManifest manifest)
    {
        var pseudonyms = PseudonymsOf(cohort);
        var known = Read(cohort);
        var fresh = manifest.Entries.Where(entry => known?.Of(NamedEntry.Of(pseudonyms, entry)) is null).ToList();
        if (known is null || fresh.Count > 0)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(
                manifest with { Entries = fresh }, JsonSerializerOptions.Web);
            var name = Convert.ToHexStringLower(SHA256.HashData(bytes))[..NameDigits];
            Write(Path.Combine(FolderOf(cohort), $"manifest-{name}.json"), bytes, isFirst: true);
        }
        var people = Read(cohort)!.Entries
            .Select(entry => string.Join('\t', entry.Key.Pseudonym, entry.Value.Entry.Centre,
                entry.Value.Entry.Subject, entry.Value.Entry.Session))
            .Distinct().Order(StringComparer.Ordinal);
        Write(Path.Combine(FolderOf(cohort), "who-is-who.tsv"), Encoding.UTF8.GetBytes(
            string.Join('\n', people.Prepend("pseudonym\tcentre\tsubject\tsession")) + "\n"));
    }

    /// <returns>Name, root and output; null where there is no such cohort.</returns>
    public CohortPlace? Find(CohortId cohort) => Read(cohort)?.Place;

    /// <returns>The entry of this pseudonym and hash, and where it lies; null where no manifest has one.</returns>
    internal PlacedEntry? EntryOf(CohortId cohort, string pseudonym, string hash) =>
        Read(cohort)?.Of(new NamedEntry(pseudonym, hash));

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
            .Where(cohort => FilesOf(cohort).Length > 0).OrderBy(cohort => cohort.Value, StringComparer.Ordinal)];

    /// <summary>Parsed once for as long as no file is added: ten thousand entries are looked up one by one.</summary>
    private FiledManifests? Read(CohortId cohort)
    {
        var files = FilesOf(cohort);
        if (files.Length == 0) return null;
        if (_read.TryGetValue(cohort, out var known) && known.Files.SequenceEqual(files)) return known;
        var pseudonyms = PseudonymsOf(cohort);
        var manifests = files.Select(file => JsonSerializer.Deserialize<CohortManifest>(
            File.ReadAllBytes(file), JsonSerializerOptions.Web) ?? throw new InvalidDataException("an empty manifest"));
        var (entries, places) = (new Dictionary<NamedEntry, PlacedEntry>(), new List<CohortPlace>());
        foreach (var manifest in manifests)
        {
            places.Add(new CohortPlace(manifest.Name, manifest.Root, manifest.Output));
            foreach (var entry in manifest.Entries)
                entries.TryAdd(NamedEntry.Of(pseudonyms, entry), new PlacedEntry(places[^1], entry));
        }
        return _read[cohort] = new FiledManifests(files, places[0], entries);
    }

    private string[] FilesOf(CohortId cohort) => !Directory.Exists(FolderOf(cohort)) ? []
        : [.. Directory.EnumerateFiles(FolderOf(cohort), "manifest*.json").Order(StringComparer.Ordinal)];

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

    private string FolderOf(CohortId cohort) => Path.Combine(root, cohort.Value);

    /// <summary>An entry of a subject is another one when it is written differently.</summary>
    private readonly record struct NamedEntry(string Pseudonym, string Hash)
    {
        public static NamedEntry Of(Pseudonyms pseudonyms, CohortManifestEntry entry) =>
            new(pseudonyms.Of(entry.Centre, entry.Subject, entry.Session), entry.ToEntry().Hash);
    }

    private sealed record FiledManifests(
        string[] Files, CohortPlace Place, IReadOnlyDictionary<NamedEntry, PlacedEntry> Entries)
    {
        public PlacedEntry? Of(NamedEntry name) => Entries.GetValueOrDefault(name);
    }
}
