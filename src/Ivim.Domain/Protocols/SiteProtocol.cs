using System.Text.Json;
using System.Text.Json.Nodes;
using Ivim.Physics;

namespace Ivim.Domain.Protocols;

/// <summary>What one centre does differently: the fields of a protocol that it names, and no others.</summary>
public static class SiteProtocol
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The changes without white space, so that equal ones have equal text.</summary>
    /// <exception cref="RefusalException">PROTOCOL-JSON.</exception>
    public static string Canonical(string changes) => Object(changes).ToJsonString();

    /// <param name="protocol">The document that the changes are made to.</param>
    /// <param name="changes">A JSON object; null for none.</param>
    /// <returns>The canonical document of the centre's protocol.</returns>
    /// <exception cref="RefusalException">PROTOCOL-JSON, PROTOCOL-SCHEMA or PROTOCOL-VALUE.</exception>
    public static string Apply(string protocol, string? changes)
    {
        var document = Object(ProtocolJson.Write(ProtocolJson.Read(protocol)));
        if (changes is not null) Change(document, Object(changes));
        return ProtocolJson.Write(ProtocolJson.Read(document.ToJsonString()));
    }

    private static void Change(JsonObject document, JsonObject changes)
    {
        foreach (var (field, value) in changes)
        {
            if (value is JsonObject inner && document[field] is JsonObject outer) Change(outer, inner);
            else document[field] = value?.DeepClone();
        }
    }

    private static JsonObject Object(string json)
    {
        try
        {
            if (JsonNode.Parse(json, documentOptions: Strict) is JsonObject found) return found;
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
        throw Unreadable(null);
    }

    private static RefusalException Unreadable(Exception? cause) => new("PROTOCOL-JSON",
        "changes of a centre that are no JSON object", "the fields of `ivim-protocol/1` that differ",
        "compare them with docs/protocol.md", cause);
}
