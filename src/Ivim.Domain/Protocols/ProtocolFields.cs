using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Ivim.Domain.Protocols;

/// <summary>Flattens a part of a protocol to the (name, value) fields of a content key.</summary>
internal static class ProtocolFields
{
    /// <summary>
    /// Every leaf of <paramref name="part"/> in declared order, its value as the canonical JSON writes it.
    /// </summary>
    /// <remarks>
    /// Kept for as long as the part is: an owner asks for the keys of its items with every report and offer.
    /// </remarks>
    public static IEnumerable<KeyValuePair<string, string>> Of<T>(string name, T part)
        where T : class
    {
        if (Known.TryGetValue(part, out var known) && known.Name == name) return known.Fields;
        KeyValuePair<string, string>[] fields = [.. Flatten(name, JsonSerializer.SerializeToElement(part, Options))];
        Known.AddOrUpdate(part, new Flattened(name, fields));
        return fields;
    }

    private static readonly ConditionalWeakTable<object, Flattened> Known = [];

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static IEnumerable<KeyValuePair<string, string>> Flatten(string name, JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().SelectMany(field => Flatten($"{name}.{field.Name}", field.Value))
            : [new(name, element.GetRawText())];

    private sealed record Flattened(string Name, KeyValuePair<string, string>[] Fields);
}
