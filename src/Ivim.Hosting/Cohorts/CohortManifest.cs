using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ivim.Hosting.Cohorts;

/// <summary>Who is in a cohort and where the files lie, as it was accepted: kept in the work folder alone.</summary>
/// <param name="Root">Absolute folder that the paths of the entries are relative to.</param>
/// <param name="Output">Absolute folder that gets a derivative dataset for each protocol.</param>
public sealed record CohortManifest(
    string Name, string Root, string Output, IReadOnlyList<CohortManifestEntry> Entries);

/// <summary>One study of a cohort. Paths are relative to the manifest's root.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CohortManifestEntry
{
    /// <summary>1 to 32 letters and digits.</summary>
    public required string Centre { get; init; }

    public required string Subject { get; init; }

    public string? Session { get; init; }

    public required string Image { get; init; }

    public required string Bvalues { get; init; }

    public string? Bvectors { get; init; }

    public string? Mask { get; init; }

    /// <summary>0 is normal; a higher one goes first.</summary>
    public int Priority { get; init; }

    /// <summary>SHA-256 of its canonical JSON, lower-case hexadecimal.</summary>
    [JsonIgnore]
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web)));
}
