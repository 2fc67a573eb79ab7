namespace Ivim.Domain.Tests.Simulation;

/// <summary>A storm, then a calm that everything has to get through in time.</summary>
internal static class Simulation
{
    private static readonly TimeSpan
        LongestStorm = TimeSpan.FromSeconds(50),
        LongestCalm = TimeSpan.FromSeconds(900),
        LongestStandstill = TimeSpan.FromSeconds(150), // an item that hung or was put off comes before that
        AfterEnd = TimeSpan.FromSeconds(20),
        LongestAfterEnd = TimeSpan.FromSeconds(60);

    /// <summary>The world of a seed, after its end.</summary>
    public static World Run(ulong seed, Protection rules, Action<string>? trace = null)
    {
        var dice = new Dice(seed ^ 0x5EED);
        return Run(seed, Faults.Draw(dice), rules, trace);
    }

    public static World Run(ulong seed, Faults faults, Protection rules, Action<string>? trace = null)
    {
        var world = new World(seed, faults, rules);
        if (trace is not null) world.Trace = move => trace($"{world.Time.Now.TotalSeconds,8:F3} {move}");
        Run(world, world.Faults.IsNone ? TimeSpan.Zero : LongestStorm * world.Dice.Between(0.3, 1));
        world.Invariants.CheckEnd();
        return world;
    }

    public static void Run(World world, TimeSpan storm)
    {
        var nemesis = new Nemesis(world);
        for (int second = 0; second < storm.TotalSeconds; second++)
        {
            RunUntil(world, TimeSpan.FromSeconds(second + 1));
            nemesis.Strike();
        }
        world.Trace?.Invoke("calm");
        nemesis.MakePeace();
        world.NoteProgress();
        var end = world.Time.Now + LongestCalm;
        LetArrive(world);
        while (world.Time.Now < end && !IsDone(world))
        {
            world.Time.Step();
            LetArrive(world);
            if (world.Time.Now - world.ProgressAt <= LongestStandstill) continue;
            world.Violate("I8", "nothing gets done");
            return;
        }
    }

    /// <summary>What is on its way at the end may undo it, and an item that is offered late is done again.</summary>
    private static void LetArrive(World world)
    {
        if (!IsDone(world)) return;
        var end = world.Time.Now + LongestAfterEnd;
        RunUntil(world, world.Time.Now + AfterEnd);
        while (!world.IsQueueEmpty && world.Time.Now < end) world.Time.Step();
    }

    private static bool IsDone(World world)
    {
        foreach (var study in world.Studies)
            if (!study.IsDone) return false;
        return true;
    }

    private static void RunUntil(World world, TimeSpan end)
    {
        while (world.Time.Now < end) world.Time.Step();
    }
}
