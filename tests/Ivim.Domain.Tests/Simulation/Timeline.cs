namespace Ivim.Domain.Tests.Simulation;

/// <summary>What happens when, one thing after the other; at the same moment, in the order of making.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (long Ticks, long Turn)> _moves = new();
    private long _turn;

    /// <summary>The monotonic clock of everybody.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>What the wall clocks show in addition: a jump.</summary>
    public TimeSpan WallOffset { get; set; }

    public DateTimeOffset Wall => new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero) + Now + WallOffset;

    public int Moves { get; private set; }

    public void After(TimeSpan delay, Action move) => _moves.Enqueue(move, ((Now + delay).Ticks, _turn++));

    /// <summary>Moves to the next thing that happens.</summary>
    public void Step()
    {
        _moves.TryDequeue(out var move, out var at);
        Now = TimeSpan.FromTicks(at.Ticks);
        Moves++;
        move!();
    }
}
