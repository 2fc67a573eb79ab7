using System.Text.Json.Nodes;
using Ivim.Domain.Protocols;

namespace Ivim.Domain.Tests.Protocols;

/// <summary>Protocol documents as trees, so that a test can change one field by its path.</summary>
public static class ProtocolDocument
{
    public static JsonObject Default => Tree(new Protocol());

    /// <summary>Every leaf of the default document: its path and its value as JSON.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Leaves => Flatten("", Default);

    public static JsonObject Tree(Protocol protocol) => JsonNode.Parse(ProtocolJson.Write(protocol))!.AsObject();

    /// <summary>A protocol with one field changed.</summary>
    public static Protocol With(Protocol protocol, string path, string json)
    {
        var tree = Tree(protocol);
        var names = path.Split('.');
        var parent = names[..^1].Aggregate(tree, (node, name) => node[name]!.AsObject());
        parent[names[^1]] = JsonNode.Parse(json);
        return ProtocolJson.Read(tree.ToJsonString());
    }

    private static IEnumerable<KeyValuePair<string, string>> Flatten(string path, JsonNode? node) =>
        node is JsonObject fields
        ? fields.SelectMany(field => Flatten(path.Length == 0 ? field.Key : $"{path}.{field.Key}", field.Value))
        : [new(path, node?.ToJsonString() ?? "null")];
}
