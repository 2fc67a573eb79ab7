using Ivim.Domain.Cohorts;
using Ivim.Physics;

namespace Ivim.Hosting.Cohorts;

/// <summary>What is wrong with a manifest is said before anything of it starts.</summary>
/// <remarks>Refusals tell an entry by its place and never by its content: they end in logs of callers.</remarks>
internal static class ManifestCheck
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
    /// <exception cref="RefusalException">ENTRY-CENTRE, ENTRY-SUBJECT, ENTRY-TWICE, PATH-OUTSIDE, PATH-RELATIVE.
    /// </exception>
    public static IReadOnlyList<CohortEntry> Require(CohortManifest manifest, CohortPseudonyms pseudonyms)
    {
        _ = new CohortRoot(manifest.Root);
        _ = new CohortRoot(manifest.Output);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. manifest.Entries.Select((entry, place) =>
        {
            var known = Known(entry, place + 1, pseudonyms);
            return seen.Add(known.Pseudonym) ? known : throw new RefusalException("ENTRY-TWICE",
                $"entry {place + 1} of the manifest, of the same subject and session as an earlier one",
                "one entry for each scan", "take one out, or tell them apart by session");
        })];
    }

    private static CohortEntry Known(CohortManifestEntry entry, int place, CohortPseudonyms pseudonyms)
    {
        if (string.IsNullOrWhiteSpace(entry.Subject) || entry.Session is { } session && session.Trim().Length == 0)
            throw new RefusalException("ENTRY-SUBJECT", $"entry {place} of the manifest without a subject",
                "a subject, and a session or none", "correct the manifest");
        CohortRoot.Require(entry.Image, "image");
        CohortRoot.Require(entry.Bvalues, "bvalues");
        if (entry.Bvectors is { } vectors) CohortRoot.Require(vectors, "bvectors");
        if (entry.Mask is { } mask) CohortRoot.Require(mask, "mask");
        var known = new CohortEntry(pseudonyms.Of(entry), entry.Centre, entry.Hash, entry.Priority);
        return known.IsSound ? known : throw new RefusalException("ENTRY-CENTRE",
            $"entry {place} of the manifest, whose centre is no label", "1 to 32 letters and digits",
            "correct the manifest");
    }
}
