using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>An item in a slot's hands: steps with checkpoints, then the commit protocol, then a report.</summary>
internal sealed class SlotWork(World world, WorkerSlot slot, QueueReply.Leased lease, Action<ItemReport> finish)
{
    private const int PoisonedStep = 3;

    private WorkRun? _run;
    private int _failingStep = -1;
    private FailureClass _failure;
    private bool _hangs, _isDead;

    private WorkItem Item => lease.Item;

    /// <summary>Steps are done or will not be; a report comes or was made.</summary>
    public bool IsEnded => _run is null;

    public double Fraction { get; private set; }

    public double MemoryShare { get; private set; } = 0.3;

    public void Begin()
    {
        if (world.Store.Stored(Item.Key) is { } stored)
        {
            Fraction = 1;
            finish(Finished(world.Flips(Item) ? SimulatedStore.ResultOf(Item, isFlipped: true) : stored));
            return;
        }
        if (world.Store.MissingInput(Item) is { } missing)
        {
            finish(Failed(new WorkFailure(FailureClass.LostInput, "ARTIFACT-LOST", "lost", missing)));
            return;
        }
        _run = world.Work.Begin(Item, world.Store.CheckpointOf(Item));
        Fraction = (double)_run.Step / SimulatedStore.StepsOf(Item);
        DrawFailure();
    }

    public void Step()
    {
        if (_hangs && !world.IsCalm || _run is not { } run) return;
        if (run.Step == SimulatedStore.StepsOf(Item))
        {
            Commit();
            return;
        }
        world.Work.Execute(run);
        Fraction = (double)run.Step / SimulatedStore.StepsOf(Item);
        if (IsPoisoned() && run.Step == PoisonedStep)
        {
            world.Blame.NoteCrash(Item, slot.Node.Name);
            slot.Node.Die(leavesReport: true);
        }
        else if (run.Step == _failingStep) Fail();
        else if (run.Step % SimulatedStore.CheckpointInterval == 0) world.Store.Checkpoint(Item, run.Step);
    }

    /// <summary>Stops between two steps and keeps what is done; a commit goes on.</summary>
    public void Cancel()
    {
        if (_run is not { } run) return;
        world.Store.Checkpoint(Item, run.Step);
        End();
    }

    public void Die()
    {
        _isDead = true;
        if (_run is not null) End();
    }

    private void End()
    {
        world.Work.End(_run!);
        _run = null;
    }

    private bool IsPoisoned() =>
        Item.Name is { Stage: Stage.Train, Member: 1, Slab: <= 0 } && world.StudyOf(Item.Study).IsPoison;

    private void DrawFailure()
    {
        _hangs = world.Chance(Fault.Hang);
        _failure = world.Chance(Fault.ApplicationError) ? FailureClass.Application
            : world.Chance(Fault.Infrastructure) ? FailureClass.Infrastructure
            : world.Chance(Fault.OutOfMemory, slot.Labels.MemoryBytes > 1 ? 0.1 : 1) ? FailureClass.OutOfMemory
            : FailureClass.None;
        if (_failure == FailureClass.None) return;
        _failingStep = Math.Min(SimulatedStore.StepsOf(Item), _run!.Step + 1 + world.Dice.Below(5));
        if (_failure == FailureClass.OutOfMemory) MemoryShare = 0.95;
    }

    /// <summary>Where memory runs out the runtime may throw, or the kernel may kill without a word.</summary>
    private void Fail()
    {
        if (_failure == FailureClass.OutOfMemory && world.Dice.Chance(0.5))
        {
            slot.Node.Die(leavesReport: false);
            return;
        }
        End();
        var code = _failure == FailureClass.OutOfMemory ? "OUT-OF-MEMORY" : "TEST";
        finish(Failed(new WorkFailure(_failure, code, "failed")));
    }

    /// <summary>Temporary name, fsync, rename, fsync of the folder, report; a fault may come between.</summary>
    private void Commit()
    {
        End();
        var result = SimulatedStore.ResultOf(Item, isFlipped: false);
        var disk = world.Store.Disk;
        string Temporary(int output) => $"tmp/{slot.Labels.Name}-{lease.Epoch}-{output}";
        var moves = new Queue<Action>([
            () => ForEach((path, output) => disk.Write(Temporary(output))),
            () => ForEach((path, output) => disk.SyncFile(Temporary(output))),
            () => ForEach((path, output) => disk.Rename(Temporary(output), path)),
            () => ForEach((path, output) => disk.SyncFolder(path)),
            () =>
            {
                world.Store.Keep(Item.Key, result);
                world.Reported(result);
                finish(Finished(world.Flips(Item) ? SimulatedStore.ResultOf(Item, isFlipped: true) : result));
            }]);
        Next();

        void ForEach(Action<string, int> act)
        {
            for (int output = 0; output < result.Outputs.Length; output++)
                act(result.Outputs[output].Artifact.Sha256, output);
        }

        void Next()
        {
            if (_isDead) return;
            if (slot.Node.IsPaused)
            {
                world.Time.After(slot.Node.PausedUntil - world.Time.Now, Next);
                return;
            }
            moves.Dequeue()();
            if (moves.Count > 0) world.Time.After(TimeSpan.FromMilliseconds(40), Next);
        }
    }

    private ItemReport.Finished Finished(WorkResult result) => new(Item.Study, Item.Name, Item.Key, result);

    private ItemReport.Failed Failed(WorkFailure failure) =>
        new(Item.Study, Item.Name, Item.Key, slot.Labels.Name, lease.Epoch, failure);
}
