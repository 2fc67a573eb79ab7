using System.Collections.Immutable;
using Ivim.Hosting.Security;

namespace Ivim.Hosting.Api;

/// <summary>What the HTTP API of a node is told once.</summary>
public sealed record ApiSettings
{
    /// <summary>
    /// What a request with this `Authorization` header may do, null for nothing: `ApiTokens.RoleOf`.
    /// </summary>
    public required Func<string?, ApiRole?> RoleOf { get; init; }

    /// <summary>
    /// Names, without port, by which callers may address this server besides the loopback names: a web page that lets
    /// its own name point here (DNS rebinding) uses another.
    /// </summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>
    /// The class of workers that a submission is for which does not name one; null: that of the only workers there.
    /// </summary>
    public string? NumericClass { get; init; }

    /// <summary>Callers of events who have heard nothing for so long hear that the connection lives.</summary>
    public TimeSpan EventHeartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Between two looks at what callers of events follow.</summary>
    public TimeSpan EventPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>So many callers may listen to events at a time.</summary>
    public int MostEventStreams { get; init; } = 200;

    /// <summary>Requests of one address within <see cref="RequestWindow"/>.</summary>
    public int RequestLimit { get; init; } = 2000;

    public TimeSpan RequestWindow { get; init; } = TimeSpan.FromSeconds(10);
}
