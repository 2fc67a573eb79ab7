namespace Ivim.Domain.Tests.Simulation;

internal enum Written
{
    /// <summary>The events are on disk, and the owner knows it.</summary>
    Yes,

    /// <summary>The owner is told that the write failed; it may have been done all the same.</summary>
    Failed,
}

/// <summary>The events of one persistence id; a second event of a sequence number is refused.</summary>
internal sealed class Journal<TEvent>(World world, bool isFenced, JournalCheck<TEvent> check)
    where TEvent : class
{
    private readonly List<TEvent> _events = [];

    public IReadOnlyList<TEvent> Events => _events;

    /// <param name="sequence">How many events the writer has seen.</param>
    public Written Write(int sequence, IReadOnlyList<TEvent> events)
    {
        if (world.Chance(Fault.JournalRefusal)) return Written.Failed;
        if (isFenced && sequence != _events.Count) return Written.Failed;
        foreach (var fact in events)
        {
            _events.Add(fact);
            check.Take(fact);
        }
        world.NoteProgress();
        return world.Chance(Fault.JournalUnknown) ? Written.Failed : Written.Yes;
    }
}
