using System.Text.Json;
using System.Text.Json.Serialization;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Protocols;

namespace Ivim.Hosting.Cohorts;

/// <summary>Who is in a cohort and where the files lie, as it was accepted: kept in the work folder alone.</summary>
/// <param name="Root">Absolute folder that the paths of the entries are relative to.</param>
/// <param name="Output">Absolute folder that gets a derivative dataset for each protocol.</param>
public sealed record CohortManifest(
    string Name, string Root, string Output, IReadOnlyList<CohortManifestEntry> Entries);

/// <summary>Of a manifest all but its entries.</summary>
/// <param name="Root">Absolute folder that the paths of the entries are relative to.</param>
/// <param name="Output">Absolute folder that gets a derivative dataset for each protocol.</param>
public sealed record CohortPlace(string Name, string Root, string Output);

/// <summary>An entry, and what its paths are relative to.</summary>
internal sealed record PlacedEntry(CohortPlace Place, CohortManifestEntry Entry);

/// <summary>One study of a cohort as it is sent and kept. Paths are relative to the manifest's root.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CohortManifestEntry
{
    /// <summary>1 to 32 letters and digits.</summary>
    public required string Centre { get; init; }

    public required string Subject { get; init; }

    public string? Session { get; init; }

    /// <summary>4-D NIfTI, or DICOM objects.</summary>
    public required string Image { get; init; }

    /// <summary>Null where the objects of a DICOM image tell them.</summary>
    public string? Bvalues { get; init; }

    public string? Bvectors { get; init; }

    public string? Mask { get; init; }

    /// <summary>What the centre's protocol changes of the cohort's, a JSON object; null for nothing.</summary>
    public JsonElement? Protocol { get; init; }

    /// <summary>0 is normal; a higher one goes first.</summary>
    public int Priority { get; init; }

    /// <exception cref="Ivim.Physics.RefusalException">PROTOCOL-JSON.</exception>
    public ManifestEntry ToEntry() => new(Centre, Subject, Session, Image, Bvalues, Bvectors, Mask,
        Protocol is { ValueKind: not JsonValueKind.Null } changes
            ? SiteProtocol.Canonical(changes.GetRawText()) : null, Priority);

    public static CohortManifestEntry Of(ManifestEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new CohortManifestEntry
        {
            Centre = entry.Centre,
            Subject = entry.Subject,
            Session = entry.Session,
            Image = entry.Image,
            Bvalues = entry.BValues,
            Bvectors = entry.BVectors,
            Mask = entry.Mask,
            Protocol = entry.Site is { } site ? JsonSerializer.Deserialize<JsonElement>(site) : null,
            Priority = entry.Priority,
        };
    }
}
