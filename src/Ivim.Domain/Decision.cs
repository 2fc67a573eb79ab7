using System.Collections.Immutable;

namespace Ivim.Domain;

/// <summary>What a command means: the events that follow, none for a redelivery, or a refusal.</summary>
public abstract record Decision<TEvent>
{
    private Decision() { }

    public static Decision<TEvent> Nothing { get; } = new Accepted([]);

    public static Decision<TEvent> Accept(params ImmutableArray<TEvent> events) => new Accepted(events);

    /// <param name="code">Of the refusal, where a caller is to hear it.</param>
    public static Decision<TEvent> Reject(string reason, string? code = null) => new Rejected(reason, code);

    public sealed record Accepted(ImmutableArray<TEvent> Events) : Decision<TEvent>;

    public sealed record Rejected(string Reason, string? Code) : Decision<TEvent>;
}
