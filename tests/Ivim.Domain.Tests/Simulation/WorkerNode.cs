using System.Collections.Immutable;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>What every process of a machine is started with.</summary>
internal sealed record Machine(int Place, string NumericClass, ImmutableArray<string> Versions, int Slots,
    long Memory);

/// <summary>A worker process: its slots live as long as it does, its actor system may come and go.</summary>
internal sealed class WorkerNode
{
    private readonly World _world;

    public WorkerNode(World world, Machine machine, int start)
    {
        (_world, Machine) = (world, machine);
        Name = $"n{machine.Place}.{start}";
        Start = start;
        Pace = world.Faults.Has(Fault.SlowWorker) && world.Dice.Chance(0.2) ? 0.15 : 1;
        Slots = [.. Enumerable.Range(0, machine.Slots).Select(slot => new WorkerSlot(world, this, slot))];
    }

    public Machine Machine { get; }

    public int Place => Machine.Place;

    public string Name { get; }

    public int Start { get; }

    public ImmutableArray<WorkerSlot> Slots { get; }

    public bool IsAlive { get; private set; } = true;

    public bool IsDraining { get; private set; }

    /// <summary>Share of the usual speed.</summary>
    public double Pace { get; set; }

    public TimeSpan PausedUntil { get; private set; }

    /// <summary>Without an actor system the slots work on, unheard.</summary>
    public TimeSpan CutOffUntil { get; private set; }

    public bool Speaks => IsAlive && _world.Time.Now >= CutOffUntil;

    public bool IsPaused => _world.Time.Now < PausedUntil;

    public void Pause(TimeSpan time) => PausedUntil = _world.Time.Now + time;

    public void CutOff(TimeSpan time) => CutOffUntil = _world.Time.Now + time;

    public void WakeUp() => (PausedUntil, CutOffUntil) = (_world.Time.Now, _world.Time.Now);

    /// <param name="leavesReport">Whether a crash report tells that the process died of an error.</param>
    public void Die(bool leavesReport)
    {
        if (!IsAlive) return;
        _world.Trace?.Invoke($"{Name} dies, crashed {leavesReport}");
        IsAlive = false;
        if (leavesReport) _world.Obituaries.Add(Name);
        foreach (var slot in Slots) slot.Die();
        _world.Time.After(_world.Dice.Seconds(0.5, 5), () => _world.Begin(Machine, Start + 1));
    }

    /// <summary>SIGTERM: a checkpoint of the present work and no new one; ends when its reports are heard.</summary>
    public void Drain()
    {
        if (!IsAlive || IsDraining) return;
        _world.Trace?.Invoke($"{Name} drains");
        IsDraining = true;
        foreach (var slot in Slots) slot.Drain();
        _world.Time.After(TimeSpan.FromSeconds(25), () => Die(leavesReport: false));
    }

    public void EndWhenDrained()
    {
        if (IsDraining && Slots.All(slot => !slot.IsBusy)) Die(leavesReport: false);
    }
}
