using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;

namespace Ivim.Hosting.Api;

/// <param name="Name">Of a built-in protocol; null for any other.</param>
/// <param name="Protocol">SHA-256 of the canonical document, as studies name their protocol.</param>
/// <param name="Document">The canonical document, with every field.</param>
public sealed record ProtocolView(string? Name, string Protocol, JsonElement Document);

/// <param name="Protocols">The built-in ones.</param>
public sealed record ProtocolList(IReadOnlyList<ProtocolView> Protocols);

/// <summary>Two protocols, each its document or the name or id of a known one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProtocolPair
{
    public required JsonElement First { get; init; }

    public required JsonElement Second { get; init; }
}

/// <summary>What two protocols differ in, and what runs again after a change from the first to the second.</summary>
/// <param name="First">SHA-256 of its canonical document.</param>
/// <param name="Fields">In the order of the document.</param>
/// <param name="RunsAgain">Kinds of items, at most; empty where the protocols are the same.</param>
/// <param name="MembersAdded">Networks that are only in the second.</param>
public sealed record ComparedProtocols(string First, string Second, ImmutableArray<FieldDifference> Fields,
    ImmutableArray<string> RunsAgain, int MembersAdded)
{
    public static ComparedProtocols Of(Protocol first, Protocol second) =>
        Of(first, second, ProtocolDifference.Between(first, second));

    public static ComparedProtocols Of(Protocol first, Protocol second, ProtocolDifference difference) =>
        new(IdOf(first), IdOf(second), difference.Fields, difference.RunsAgain, difference.MembersAdded);

    private static string IdOf(Protocol protocol) => ProtocolJson.Reference(ProtocolJson.Write(protocol)).Sha256;
}
