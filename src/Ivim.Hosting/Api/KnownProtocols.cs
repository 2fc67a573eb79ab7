using System.Text;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Cohorts;
using Ivim.Physics;

namespace Ivim.Hosting.Api;

/// <summary>Protocols by name or id: the built-in ones, and those that a study or cohort was accepted under.</summary>
internal sealed class KnownProtocols(IArtifactStore store, CohortFolder places, CohortDesk cohorts)
{
    private const int MostBytes = 1 << 20, IdDigits = 64;

    /// <param name="id">A built-in name, or the SHA-256 of a canonical document.</param>
    /// <exception cref="ApiRefusalException">PROTOCOL-UNKNOWN, or nobody answers.</exception>
    public async Task<NamedProtocol> FindAsync(string id, CancellationToken cancellation) =>
        BuiltIn(id) ?? (IsId(id) ? OfStudies(id) ?? await OfCohortsAsync(id, cancellation) : null)
            ?? throw ApiRefusalException.UnknownProtocol;

    private static NamedProtocol? BuiltIn(string id) => BuiltInProtocols.Names
        .Select(name => new NamedProtocol(BuiltInProtocols.Named(name)!, name))
        .FirstOrDefault(known => known.Name == id || known.Id == id);

    /// <summary>The store holds much else: only what is a protocol's canonical document is given.</summary>
    private NamedProtocol? OfStudies(string id)
    {
        if (store.Find(id, MostBytes) is not { } bytes) return null;
        try
        {
            var found = new NamedProtocol(ProtocolJson.Read(Encoding.UTF8.GetString(bytes)), null);
            return found.Id == id ? found : null;
        }
        catch (RefusalException)
        {
            return null;
        }
    }

    /// <summary>What a cohort changes to for the studies of a centre is not its own protocol.</summary>
    private async Task<NamedProtocol?> OfCohortsAsync(string id, CancellationToken cancellation)
    {
        foreach (var cohort in places.Cohorts())
            if (await cohorts.ProtocolOfAsync(cohort, cancellation) is { Length: > 0 } document
                && ProtocolJson.Reference(document).Sha256 == id)
                return new NamedProtocol(ProtocolJson.Read(document), null);
        return null;
    }

    private static bool IsId(string text) => text.Length == IdDigits && text.All(char.IsAsciiHexDigitLower);
}

/// <param name="Name">Of a built-in protocol; null for any other.</param>
internal sealed record NamedProtocol(Protocol Protocol, string? Name)
{
    public string Document { get; } = ProtocolJson.Write(Protocol);

    public string Id => ProtocolJson.Reference(Document).Sha256;
}
