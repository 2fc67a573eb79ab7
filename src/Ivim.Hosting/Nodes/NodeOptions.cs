using System.Collections.Immutable;

namespace Ivim.Hosting.Nodes;

/// <summary>The settings of one node, read and checked. See <see cref="NodeSettings"/> for what they mean.</summary>
public sealed record NodeOptions
{
    public required NodeRoles Role { get; init; }

    public required string Host { get; init; }

    /// <summary>0 takes a free one.</summary>
    public required int Port { get; init; }

    public required string Bind { get; init; }

    /// <summary>Empty for a seed that is a cluster of its own.</summary>
    public required ImmutableArray<SeedAddress> Seeds { get; init; }

    public required string Work { get; init; }

    /// <summary>Path, or null for standard output.</summary>
    public string? Log { get; init; }

    public string? History { get; init; }

    /// <summary>Folder with `ca.crt`, `tls.crt` and `tls.key`.</summary>
    public string? Tls { get; init; }

    public required string TlsSubject { get; init; }

    public bool Insecure { get; init; }

    public required TimeSpan Lease { get; init; }

    public required TimeSpan Heartbeat { get; init; }

    public required TimeSpan HeartbeatPause { get; init; }

    public required TimeSpan StableAfter { get; init; }

    public required TimeSpan CutOff { get; init; }

    /// <summary>
    /// How long a node asks to join before it begins anew: well above the time in which a predecessor on its address is
    /// taken out, before which no seed lets it in.
    /// </summary>
    public TimeSpan JoinPatience => 3 * StableAfter + CutOff;

    public required TimeSpan Grace { get; init; }

    /// <summary>Path or address; may hold a password. Null for the file in the work folder.</summary>
    public string? Journal { get; init; }

    /// <summary>Where the HTTP API listens; null where it is switched off.</summary>
    public Uri? Api { get; init; }

    /// <summary>Names, without port, by which clients may address the API beside the loopback ones.</summary>
    public ImmutableArray<string> ApiHosts { get; init; } = [];

    /// <summary>A seed with an API has one.</summary>
    public string? Token { get; init; }

    public string? NumericClass { get; init; }

    public int? Slots { get; init; }

    public required string Device { get; init; }

    public long? SlotMemoryBytes { get; init; }

    /// <summary>Then the journal's database says which cluster is the one to join.</summary>
    public bool IsOneOfSeveralSeeds => Role == NodeRoles.Seed && Seeds.Length > 1;

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{Role} {Host}:{Port}";
}
