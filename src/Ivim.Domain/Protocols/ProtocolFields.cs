using System.Text.Json;

namespace Ivim.Domain.Protocols;

/// <summary>Flattens a part of a protocol to the (name, value) fields of a content key.</summary>
internal static class ProtocolFields
{
    /// <summary>
    /// Every leaf of <paramref name="part"/> in declared order, its value as the canonical JSON writes it.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> Of<T>(string name, T part)
    {
        var element = JsonSerializer.SerializeToElement(part, Options);
        return Flatten(name, element);
    }

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static IEnumerable<KeyValuePair<string, string>> Flatten(string name, JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().SelectMany(field => Flatten($"{name}.{field.Name}", field.Value))
            : [new(name, element.GetRawText())];
}
