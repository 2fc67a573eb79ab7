using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>One run of an item on a slot.</summary>
internal sealed class WorkRun(WorkItem item, int from)
{
    public WorkItem Item => item;

    public int Step { get; set; } = from;

    /// <summary>Steps that had been done before.</summary>
    public int Redone { get; set; }
}

/// <summary>Who works on what and what is done twice: redone work stays bounded (I4).</summary>
internal sealed class WorkAccount(World world)
{
    private readonly Dictionary<ContentKey, int> _furthest = [];
    private readonly Dictionary<ContentKey, List<WorkRun>> _live = [];
    private readonly HashSet<ContentKey> _shared = [];
    private int _planned, _executed, _lost, _sharedSteps, _copies, _ended, _leases, _hedges, _queues;

    public WorkRun Begin(WorkItem item, int from)
    {
        var run = new WorkRun(item, from);
        if (_furthest.TryAdd(item.Key, 0)) _planned += SimulatedStore.StepsOf(item);
        else _lost++;
        if (!_live.TryGetValue(item.Key, out var others)) _live[item.Key] = others = [];
        if (others.Count > 0 && _shared.Add(item.Key)) _copies++;
        others.Add(run);
        return run;
    }

    public void Execute(WorkRun run)
    {
        run.Step++;
        _executed++;
        if (run.Step > _furthest[run.Item.Key]) _furthest[run.Item.Key] = run.Step;
        else if (_shared.Contains(run.Item.Key)) _sharedSteps++;
        else run.Redone++;
    }

    public void End(WorkRun run)
    {
        _live[run.Item.Key].Remove(run);
        if (!_shared.Contains(run.Item.Key) && run.Redone > SimulatedStore.IntervalOf(run.Item))
            world.Violate("I4", $"{run.Redone} steps of {run.Item.Name} are done again by one run");
    }

    /// <summary>What was made or kept is gone, so it is to be made again.</summary>
    public void Forgive(string keyHex)
    {
        var key = new ContentKey(keyHex);
        if (!_furthest.Remove(key)) return;
        if (_live.TryGetValue(key, out var runs) && runs.Count > 0)
        {
            _furthest[key] = runs.Max(run => run.Step);
            _shared.Add(key); // whoever begins again from nothing does so beside it
        }
    }

    public void NoteLease(Lease lease)
    {
        _leases++;
        if (lease.IsHedge) _hedges++;
    }

    /// <summary>A lease has ended before its worker may know of it.</summary>
    public void NoteEnded() => _ended++;

    public void NoteNewQueue() => _queues++;

    public void Check()
    {
        double most = _planned * 1.02 + _lost * SimulatedStore.CheckpointInterval + _sharedSteps;
        if (_executed > most) world.Violate("I4", $"{_executed} steps of {_planned}, {_lost} runs lost");
        if (_copies > _hedges + _ended + _queues * world.SlotCount)
            world.Violate("I4", $"{_copies} items were worked on twice at a time");
    }
}
