using System.Text.Json;

namespace Ivim.Hosting.Api;

/// <param name="Name">Of a built-in protocol; null for any other.</param>
/// <param name="Protocol">SHA-256 of the canonical document, as studies name their protocol.</param>
/// <param name="Document">The canonical document, with every field.</param>
public sealed record ProtocolView(string? Name, string Protocol, JsonElement Document);

/// <param name="Protocols">The built-in ones.</param>
public sealed record ProtocolList(IReadOnlyList<ProtocolView> Protocols);
