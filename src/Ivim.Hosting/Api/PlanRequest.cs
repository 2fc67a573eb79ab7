using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ivim.Hosting.Api;

/// <summary>What is to be planned: a submitted study under a protocol, or a submission that is not made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlanRequest
{
    /// <summary>The name of a study that was submitted here; null where `submission` says what is mapped.</summary>
    public string? Study { get; init; }

    /// <summary>The protocol's JSON object, for `study`; null: its own.</summary>
    public JsonElement? Protocol { get; init; }

    public StudyRequest? Submission { get; init; }

    /// <summary>That the time is estimated for; null: those of the class that are connected, at least one.</summary>
    public int? Workers { get; init; }
}
