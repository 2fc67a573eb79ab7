using System.Text.Json.Nodes;

namespace Ivim.Faults.Tests.Clusters;

/// <summary>What the API says of a study.</summary>
internal sealed record StudyStatus(
    string Study, string Phase, IReadOnlyList<StageCount> Stages, string? FailureCode,
    IReadOnlyDictionary<string, string> Maps)
{
    public const string Published = "published", FailedPhase = "failed", Cancelled = "cancelled";

    public int Done => Stages.Sum(stage => stage.Done);

    public int DoneOf(string stage) => Stages.Where(count => count.Stage == stage).Sum(count => count.Done);

    public bool IsAtRest => Phase is Published or FailedPhase or Cancelled;

    public static StudyStatus Of(JsonNode json) => new(
        (string)json["study"]!, (string)json["phase"]!,
        [
            .. json["stages"]!.AsArray().Select(stage =>
                new StageCount((string)stage!["stage"]!, (int)stage["total"]!, (int)stage["done"]!)),
        ],
        (string?)json["failure"]?["code"],
        (json["maps"]?.AsObject() ?? []).ToDictionary(map => map.Key, map => (string)map.Value!["sha256"]!));
}

internal sealed record StageCount(string Stage, int Total, int Done);

/// <summary>What the API said at a moment.</summary>
internal sealed record StatusSample(DateTimeOffset At, int Done, string Phase);
