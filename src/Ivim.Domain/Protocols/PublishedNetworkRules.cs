namespace Ivim.Domain.Protocols;

/// <summary>The networks that others have published have no choices but how long they may train:
/// docs/ivimnet.md.</summary>
public sealed record PublishedNetworkRules
{
    /// <summary>At most so many steps; patience ends a training before.</summary>
    public int MostSteps { get; init; } = 500_000;
}
