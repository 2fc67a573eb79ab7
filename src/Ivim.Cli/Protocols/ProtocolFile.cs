using System.Text.Json;
using Ivim.Domain.Protocols;
using Ivim.Physics;

namespace Ivim.Cli.Protocols;

/// <summary>A protocol that the command line names: built in, a document, or that of published maps.</summary>
internal static class ProtocolFile
{
    /// <exception cref="RefusalException">FILE-MISSING, PROTOCOL-JSON, PROTOCOL-SCHEMA or PROTOCOL-VALUE.</exception>
    public static Protocol Read(string name)
    {
        if (BuiltInProtocols.Named(name) is { } builtIn) return builtIn;
        if (!File.Exists(name))
            throw new RefusalException("FILE-MISSING", "no protocol file",
                $"a file that exists, or {string.Join(" or ", BuiltInProtocols.Names)}", "check the name");
        var text = File.ReadAllText(name);
        return ProtocolJson.Read(OfProvenance(text) ?? text);
    }

    /// <summary>The protocol in a provenance of published maps; null where the text is none.</summary>
    private static string? OfProvenance(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("protocol", out var protocol)
                && protocol.ValueKind == JsonValueKind.Object ? protocol.GetRawText() : null;
        }
        catch (JsonException)
        {
            return null; // the protocol's reader says what is wrong
        }
    }
}
