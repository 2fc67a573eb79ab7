using System.Text.Json;
using Ivim.Domain.Protocols;
using Ivim.Physics;

namespace Ivim.Cli.Protocols;

/// <summary>A protocol that the command line names.</summary>
internal static class ProtocolFile
{
    /// <summary>The name of the protocol that a run has when it is given none.</summary>
    public const string Default = "default";

    /// <exception cref="RefusalException">FILE-MISSING, PROTOCOL-JSON, PROTOCOL-SCHEMA or PROTOCOL-VALUE.</exception>
    public static Protocol Read(string name)
    {
        if (name == Default) return new Protocol();
        if (!File.Exists(name))
            throw new RefusalException("FILE-MISSING", "no protocol file", "a file that exists, or `default`",
                "check the name");
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
