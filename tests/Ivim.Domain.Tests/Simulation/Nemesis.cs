namespace Ivim.Domain.Tests.Simulation;

/// <summary>Strikes once a second in the storm, as the seed's faults have it, and makes peace after it.</summary>
internal sealed class Nemesis(World world)
{
    private int _stormsLeft;

    private Dice Dice => world.Dice;

    public void Strike()
    {
        StrikeNetwork();
        StrikeOwners();
        StrikeWorkers();
        StrikeDisk();
        if (world.Chance(Fault.QueueRestart)) Do("the queue restarts", world.Queue.Restart);
        if (world.Chance(Fault.ClockJump)) world.Time.WallOffset = TimeSpan.FromHours(Dice.Between(-3, 3));
        if (world.Chance(Fault.Cancellation, 0.05)) Do("a user cancels", OneStudy().Cancel);
        if (world.Chance(Fault.PublishAgain, 0.1)) OneStudy().AskForFiles();
    }

    /// <summary>Every machine works, every link is good, the cluster is of one mind.</summary>
    public void MakePeace()
    {
        world.IsCalm = true;
        world.Network.Heal();
        foreach (var node in world.Nodes)
        {
            node.WakeUp();
            node.Pace = 1;
        }
        foreach (var study in world.Studies)
        {
            study.StudyHome.Unite();
            study.MapsHome.Unite();
        }
    }

    private void StrikeNetwork()
    {
        if (world.Chance(Fault.Partition)) Cut(isOneWay: false);
        if (world.Chance(Fault.OneWayPartition)) Cut(isOneWay: true);
    }

    private void Cut(bool isOneWay)
    {
        world.Trace?.Invoke($"the network is cut, one way {isOneWay}");
        world.Network.Cut(isOneWay);
        world.Time.After(Dice.Seconds(0.5, 20), world.Network.Heal);
    }

    private void StrikeOwners()
    {
        var home = Dice.Chance(0.5) ? OneStudy().StudyHome : OneStudy().MapsHome;
        if (world.Chance(Fault.OwnerCrash)) Do("an owner crashes", home.CrashOne);
        if (world.Chance(Fault.TwinOwner)) Do("an owner has a twin", home.AddTwin);
    }

    private void StrikeWorkers()
    {
        if (world.Chance(Fault.KillStorm)) _stormsLeft = 3;
        var node = world.Nodes[Dice.Below(world.Nodes.Count)];
        if (_stormsLeft > 0 && Dice.Chance(0.2))
        {
            _stormsLeft--;
            foreach (var each in world.Nodes) each.Die(leavesReport: false);
        }
        if (world.Chance(Fault.Kill)) node.Die(leavesReport: false);
        if (world.Chance(Fault.Drain)) node.Drain();
        if (world.Chance(Fault.Pause)) Do($"{node.Name} is paused", () => node.Pause(Dice.Seconds(1, 20)));
        if (world.Chance(Fault.CutOff)) Do($"{node.Name} is cut off", () => node.CutOff(Dice.Seconds(1, 20)));
    }

    private void StrikeDisk()
    {
        if (world.Chance(Fault.PowerFailure)) Do("the power fails", world.LosePower);
        if (world.Chance(Fault.LostArtifact) && world.Store.Disk.Damage(Dice) is { } path)
            Do($"{path} is damaged", () => world.Damaged(path));
        if (world.Chance(Fault.BadCheckpoint) && world.Store.DamageCheckpoint(Dice) is { } key)
            Do("a checkpoint is damaged", () => world.Work.Forgive(key));
    }

    private SimulatedStudy OneStudy() => world.Studies[Dice.Below(world.Studies.Length)];

    private void Do(string what, Action strike)
    {
        world.Trace?.Invoke(what);
        strike();
    }
}
