namespace Ivim.Domain.Tests.Simulation;

/// <summary>Where a message goes.</summary>
public enum Place
{
    Study,
    Aggregator,
    Queue,
    Workers,
}

public sealed record Letter(Place To, object Body);

/// <summary>Letters on their way: in a storm they overtake each other, arrive twice, late or never.</summary>
public sealed class Network(Dice dice)
{
    private readonly List<Letter> _letters = [];

    public bool IsStormy { get; set; } = true;

    public int Count => _letters.Count;

    public void Send(Place to, object body) => _letters.Add(new Letter(to, body));

    /// <summary>The next letter to arrive; null where it got lost or none is on its way.</summary>
    public Letter? Take()
    {
        if (_letters.Count == 0) return null;
        int index = IsStormy ? dice.Below(_letters.Count) : 0;
        var letter = _letters[index];
        if (IsStormy && dice.Chance(0.1)) return letter; // and stays on its way, to arrive once more
        _letters.RemoveAt(index);
        return IsStormy && dice.Chance(0.1) ? null : letter;
    }
}
