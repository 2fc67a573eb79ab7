using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Manifests;
using Ivim.Physics;

namespace Ivim.Hosting.Cohorts;

/// <summary>What is wrong with a submitted cohort is said before anything of it starts.</summary>
/// <remarks>
/// Words, paths as they are written, and protocols; the files are looked at when an entry's turn comes, because a
/// disk may be away for an hour. `ivim cohort submit` looks at them before it submits. Refusals tell an entry by its
/// place and never by its content: they end in logs of callers.
/// </remarks>
internal static class CohortCheck
{
    private const int LongestName = 64;

    /// <exception cref="RefusalException">COHORT-NAME.</exception>
    public static void RequireName(string name)
    {
        if (!IsName(name)) throw new RefusalException("COHORT-NAME", "a cohort's name that is none",
            $"1 to {LongestName} letters, digits, `.`, `_` and `-`, the first a letter or digit", "correct `name`");
    }

    public static bool IsName(string name) => name.Length is >= 1 and <= LongestName
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>All of it, with each entry's pseudonym.</summary>
    /// <exception cref="RefusalException">MANIFEST-..., PATH-..., PROTOCOL-...</exception>
    public static IReadOnlyList<CohortEntry> Require(
        CohortManifest manifest, string protocolDocument, Pseudonyms pseudonyms)
    {
        RequireAbsolute(manifest.Root, "root");
        RequireAbsolute(manifest.Output, "output");
        var (seen, sites) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        return [.. manifest.Entries.Select((sent, place) => At(place + 1, () =>
        {
            var entry = sent.ToEntry();
            var known = Known(entry, pseudonyms);
            if (entry.Site is { } site && sites.Add(site)) SiteProtocol.Apply(protocolDocument, site);
            return seen.Add(known.Pseudonym) ? known : throw new RefusalException("MANIFEST-TWICE",
                "the centre, subject and session of an earlier entry", "one entry for each scan",
                "take one out, or tell them apart by session");
        }))];
    }

    private static CohortEntry Known(ManifestEntry entry, Pseudonyms pseudonyms)
    {
        ManifestLabels.Centre(entry.Centre);
        ManifestLabels.Label(entry.Subject, "subject");
        if (entry.Session is { } session) ManifestLabels.Label(session, "session");
        ManifestLabels.Priority(entry.Priority);
        foreach (var path in (string?[])[entry.Image, entry.BValues, entry.BVectors, entry.Mask])
            if (path is not null) RootJail.RequireInside(path);
        return new CohortEntry(pseudonyms.Of(entry.Centre, entry.Subject, entry.Session), entry.Centre, entry.Hash,
            entry.Priority);
    }

    private static CohortEntry At(int place, Func<CohortEntry> entry)
    {
        try
        {
            return entry();
        }
        catch (RefusalException refusal)
        {
            throw new RefusalException(refusal.Code,
                $"{refusal.Code}: found in entry {place} of the manifest {refusal.Found}; expected "
                + $"{refusal.Expected}; {refusal.Remedy}.");
        }
    }

    private static void RequireAbsolute(string folder, string role)
    {
        if (Path.IsPathFullyQualified(folder) && !folder.Contains('\0')) return;
        throw new RefusalException("PATH-RELATIVE", $"a relative path for `{role}`",
            "an absolute one: a server has another current folder than its caller", "give the whole path");
    }
}
