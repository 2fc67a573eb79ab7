namespace Ivim.Domain.Tests.Simulation;

/// <summary>Where the incarnations of one owner live: mostly one, two where the cluster is of two minds.</summary>
internal sealed class OwnerHome(World world, Func<int, SimulatedOwner> begin)
{
    private readonly List<SimulatedOwner> _incarnations = [];
    private bool _hadTwin;

    public void Start() => _incarnations.Add(begin(world.Dice.Below(World.Seeds)));

    public void AddTwin()
    {
        _hadTwin = true;
        if (_incarnations.Count == 1) _incarnations.Add(begin(1 - _incarnations[0].Place));
    }

    public void CrashOne()
    {
        if (_incarnations.Count > 0) Crash(_incarnations[world.Dice.Below(_incarnations.Count)]);
    }

    public void CrashAll()
    {
        while (_incarnations.Count > 0) Crash(_incarnations[^1]);
    }

    /// <summary>The cluster is of one mind again.</summary>
    /// <remarks>
    /// Who is left may be behind the journal, by what its twin wrote last, and would not know before it writes itself:
    /// so it begins again.
    /// </remarks>
    public void Unite()
    {
        if (_hadTwin) CrashAll();
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
