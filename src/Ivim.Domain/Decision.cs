using System.Collections.Immutable;

namespace Ivim.Domain;

/// <summary>What a command means: the events that follow, none for a redelivery, or a refusal.</summary>
public abstract record Decision<TEvent>
{
    private Decision() { }

    public static Decision<TEvent> Nothing { get; } = new Accepted([]);

    public static Decision<TEvent> Accept(params ImmutableArray<TEvent> events) => new Accepted(events);

    public static Decision<TEvent> Reject(string reason) => new Rejected(reason);

    public sealed record Accepted(ImmutableArray<TEvent> Events) : Decision<TEvent>;

    public sealed record Rejected(string Reason) : Decision<TEvent>;
}
