namespace Ivim.Domain.Tests.Simulation;

/// <summary>Where the incarnations of one owner live: mostly one, two where the cluster is of two minds.</summary>
internal sealed class OwnerHome(World world, Func<int, SimulatedOwner> begin)
{
    private readonly List<SimulatedOwner> _incarnations = [];

    public void Start() => _incarnations.Add(begin(world.Dice.Below(World.Seeds)));

    public void AddTwin()
    {
        if (_incarnations.Count == 1) _incarnations.Add(begin(1 - _incarnations[0].Place));
    }

    public void CrashOne()
    {
        if (_incarnations.Count > 0) Crash(_incarnations[world.Dice.Below(_incarnations.Count)]);
    }

    /// <summary>The cluster is of one mind again, and the power may have failed.</summary>
    public void CrashDownTo(int count)
    {
        while (_incarnations.Count > count) Crash(_incarnations[^1]);
    }

    /// <summary>It begins again where none is left.</summary>
    public void Crash(SimulatedOwner owner)
    {
        owner.IsAlive = false;
        if (!_incarnations.Remove(owner) || _incarnations.Count > 0) return;
        world.Time.After(world.Dice.Seconds(0.5, 4), () =>
        {
            if (_incarnations.Count == 0) Start();
        });
    }

    public void Tell(int from, object message, WorkerSlot? sender = null)
    {
        if (_incarnations.Count == 0) return;
        var owner = _incarnations[_incarnations.Count == 1 ? 0 : world.Dice.Below(2)];
        world.Network.Send(from, owner.Place, () => owner.Receive(message, sender));
    }
}
