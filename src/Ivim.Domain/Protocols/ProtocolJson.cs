using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ivim.Domain.Artifacts;
using Ivim.Physics;

namespace Ivim.Domain.Protocols;

/// <summary>
/// Reads protocols strictly and writes them canonically: every field, in declared order, no white space.
/// </summary>
public static class ProtocolJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepChoices } },
    };

    private static readonly JsonSerializerOptions Readable = new(Options) { WriteIndented = true };

    /// <summary>
    /// The canonical document: equal protocols have equal text, and its SHA-256 is the protocol's id.
    /// </summary>
    public static string Write(Protocol protocol) => JsonSerializer.Serialize(protocol, Options);

    public static string WriteReadable(Protocol protocol) => JsonSerializer.Serialize(protocol, Readable);

    /// <summary>The canonical document as the artifact that workers read.</summary>
    public static ArtifactRef Reference(string canonical)
    {
        var bytes = Encoding.UTF8.GetBytes(canonical);
        return new ArtifactRef(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }

    /// <summary>A protocol out of a document; what it does not name keeps the default of its schema version.</summary>
    /// <exception cref="RefusalException">PROTOCOL-JSON, PROTOCOL-SCHEMA or PROTOCOL-VALUE.</exception>
    public static Protocol Read(string json)
    {
        var protocol = ReadUnchecked(json);
        ProtocolCheck.Require(protocol);
        return protocol;
    }

    /// <summary>The same without a look at values that do not go together.</summary>
    internal static Protocol ReadUnchecked(string json)
    {
        try
        {
            RequireSchema(json);
            return JsonSerializer.Deserialize<Protocol>(json, Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new RefusalException("PROTOCOL-JSON", $"a protocol that cannot be read at {e.Path ?? "$"}",
                "the fields of `ivim-protocol/1` and no others", "compare it with docs/protocol.md", e);
        }
    }

    /// <summary>What follows from the choices is no field: neither written nor, in silence, accepted.</summary>
    private static void KeepChoices(JsonTypeInfo type)
    {
        foreach (var derived in type.Properties.Where(property => property.Set is null).ToList())
            type.Properties.Remove(derived);
    }

    private static void RequireSchema(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var schema = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (schema == Protocol.CurrentSchema) return;
        throw new RefusalException("PROTOCOL-SCHEMA", schema is null ? "no `schema`" : "another `schema`",
            $"\"schema\": \"{Protocol.CurrentSchema}\"", "name the schema that the file was written for");
    }
}
