using System.Text.Json;
using System.Text.Json.Serialization;
using Ivim.Hosting.Cohorts;

namespace Ivim.Hosting.Api;

/// <summary>A cohort, or more entries of one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CohortRequest
{
    /// <summary>1 to 64 letters, digits, `.`, `_` and `-`.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute folder, as the servers see it, that the paths of the entries are relative to.</summary>
    public required string Root { get; init; }

    /// <summary>Absolute folder that gets a derivative dataset for each protocol.</summary>
    public required string Output { get; init; }

    /// <summary>The protocol's JSON object.</summary>
    public required JsonElement Protocol { get; init; }

    public required IReadOnlyList<CohortManifestEntry> Entries { get; init; }

    /// <summary>So many entries may run at a time; 0: as many as suit the workers; null: as it is.</summary>
    public int? Limit { get; init; }

    /// <summary>The class of workers whose results are wanted; null: the server's choice.</summary>
    public string? NumericClass { get; init; }
}
