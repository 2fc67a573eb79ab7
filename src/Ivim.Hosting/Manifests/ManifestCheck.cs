using System.Globalization;
using Ivim.Actors.Stages;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Submissions;
using Ivim.Imaging.Gradients;
using Ivim.Physics;

namespace Ivim.Hosting.Manifests;

/// <summary>Turns rows into entries, and finds what has to be mended: labels, paths, headers, tables, twins.</summary>
/// <param name="protocol">Of the cohort.</param>
internal sealed class ManifestCheck(RootJail jail, Protocol protocol)
{
    private const long MostSiteBytes = 1 << 20;

    private readonly string _document = ProtocolJson.Write(protocol);
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sites = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Studies, HashSet<string> Tables)> _centres =
        new(StringComparer.Ordinal);

    /// <exception cref="RefusalException">MANIFEST-EMPTY.</exception>
    public CheckedManifest Of(IReadOnlyList<ManifestRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            throw new RefusalException("MANIFEST-EMPTY", "a manifest without studies", "one study or more",
                "add some");
        var (entries, findings) = (new List<ManifestEntry>(), new List<ManifestFinding>());
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                entries.Add(Entry(row));
            }
            catch (RefusalException refusal)
            {
                findings.Add(ManifestFinding.Of(row.Number, refusal));
            }
        }
        return new CheckedManifest(jail.Root, [.. entries], [.. findings],
            [.. _centres.Select(pair => new CentreSummary(pair.Key, pair.Value.Studies, pair.Value.Tables.Count))]);
    }

    private ManifestEntry Entry(ManifestRow row)
    {
        var centre = ManifestLabels.Centre(row.Centre);
        var subject = ManifestLabels.Label(row.Subject, "subject");
        var session = row.Session is { } given ? ManifestLabels.Label(given, "session") : null;
        if (DicomOf(row, new ManifestEntry(centre, subject, session, row.Image ?? "", row.BValues, row.BVectors,
            row.Mask, null, 0)) is { } objects) return objects;
        var image = Named(row.Image ?? "", "image");
        var sideCars = SideCars.Beside(image);
        var b = Named(row.BValues ?? sideCars.RequireBValues(), "bvalues");
        // A side-car's vectors belong to a side-car's b-values, not to others that somebody has named.
        var vectors = row.BVectors ?? (row.BValues is null ? sideCars.BVectorPath : null);
        var site = Site(row);
        var entry = new ManifestEntry(centre, subject, session, jail.Relative(image), jail.Relative(b),
            vectors is null ? null : jail.Relative(Named(vectors, "bvectors")),
            row.Mask is null ? null : jail.Relative(Named(row.Mask, "mask")), site, Priority(row.Priority));
        var dossier = ManifestFiles.Dossier(entry, jail, jail.Root, "sub-0_dwi");
        var table = InputCheck.Require(dossier, ProtocolJson.Read(SiteProtocol.Apply(_document, site)));
        RequireAlone(row.Number, dossier.Image, entry);
        Count(centre, table);
        return entry;
    }

    /// <summary>An entry of DICOM objects: their headers are read here, their pixels at its turn.</summary>
    /// <returns>Null where the image is another.</returns>
    private ManifestEntry? DicomOf(ManifestRow row, ManifestEntry named)
    {
        if (ManifestFiles.DicomOf(named, jail) is not { } objects) return null;
        var entry = named with
        {
            Image = RelativeOf(named.Image),
            BValues = named.BValues is { } b ? RelativeOf(b) : null,
            BVectors = named.BVectors is { } v ? RelativeOf(v) : null,
            Mask = named.Mask is { } m ? RelativeOf(m) : null,
            Site = Site(row),
            Priority = Priority(row.Priority),
        };
        var outline = SourceFiles.Reading(objects.Outline);
        var table = InputCheck.Require(outline.Header, outline.BSecondsPerMm2, outline.Directions?.Length,
            entry.Mask is { } mask ? ManifestFiles.Mask(mask, jail) : null,
            ProtocolJson.Read(SiteProtocol.Apply(_document, entry.Site)));
        RequireAlone(row.Number, objects.Path, entry);
        Count(entry.Centre, table);
        return entry;
    }

    private string RelativeOf(string path) => jail.Relative(Path.GetFullPath(Path.Combine(jail.Root, path)));

    /// <summary>Where the manifest says that a file is, below the root; links may lead from there to another place.
    /// </summary>
    private string Named(string path, string role)
    {
        ManifestFiles.Existing(jail, path, role);
        return Path.GetFullPath(Path.Combine(jail.Root, path));
    }

    private string? Site(ManifestRow row)
    {
        if (row.Protocol is not { } path) return row.Site is { } changes ? SiteProtocol.Canonical(changes) : null;
        var real = ManifestFiles.Existing(jail, path, "protocol");
        if (_sites.TryGetValue(real, out var known)) return known;
        if (new FileInfo(real).Length > MostSiteBytes)
            throw new RefusalException("PROTOCOL-JSON", "changes of a centre of more than 1 MiB", "a few fields",
                "check the path");
        return _sites[real] = SiteProtocol.Canonical(File.ReadAllText(real));
    }

    private static int Priority(string? text) => text is null ? 0 : ManifestLabels.Priority(
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number : null);

    /// <summary>One scan is one study, and one name means one scan.</summary>
    private void RequireAlone(int number, string image, ManifestEntry entry)
    {
        var (scan, name) = ("image " + image, $"name {entry.Centre}\0{entry.Subject}\0{entry.Session}");
        int twin = _seen.GetValueOrDefault(scan, _seen.GetValueOrDefault(name));
        if (twin > 0)
            throw new RefusalException("MANIFEST-TWICE", string.Create(CultureInfo.InvariantCulture,
                $"the image, or the centre, subject and session, of entry {twin}"), "each study once",
                "remove one, or give them sessions");
        _seen[scan] = _seen[name] = number;
    }

    private void Count(string centre, BValueTable table)
    {
        if (!_centres.TryGetValue(centre, out var found)) _centres[centre] = found = (0, []);
        found.Tables.Add(string.Join(' ', table.SecondsPerMm2));
        _centres[centre] = (found.Studies + 1, found.Tables);
    }
}
