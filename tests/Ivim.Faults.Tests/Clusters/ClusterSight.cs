using System.Text.Json.Nodes;

namespace Ivim.Faults.Tests.Clusters;

/// <summary>What the API says of the cluster.</summary>
internal sealed record ClusterSight(
    int Ready, int Leased, IReadOnlyList<WorkerSight> Workers, IReadOnlyList<MemberSight> Members)
{
    public static ClusterSight Of(JsonNode json) => new(
        (int)json["queue"]!["ready"]!, (int)json["queue"]!["leased"]!,
        [
            .. json["workers"]!.AsArray().Select(worker => new WorkerSight(
                (string)worker!["name"]!, (string)worker["node"]!, (string)worker["numericClass"]!,
                (string?)worker["item"])),
        ],
        [
            .. json["nodes"]!.AsArray().Select(member => new MemberSight(
                (string)member!["address"]!, (string)member["role"]!, (string)member["status"]!,
                (bool)member["reachable"]!)),
        ]);

    public int Up(string role) => Members.Count(member =>
        member.Role == role && member is { Status: "up", Reachable: true });
}

internal sealed record WorkerSight(string Name, string Node, string NumericClass, string? Item);

internal sealed record MemberSight(string Address, string Role, string Status, bool Reachable);
