using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>What protects the results; a control run does without some of it.</summary>
internal sealed record Protection
{
    public static Protection All { get; } = new();

    public Safeguards Safeguards { get; init; } = Safeguards.All;

    public bool IsJournalFenced { get; init; } = true;

    public bool Synchronizes { get; init; } = true;

    /// <summary>An aggregator publishes nothing before its study has allowed it.</summary>
    public bool AsksBeforePublishing { get; init; } = true;
}

/// <summary>Studies, owners, a queue and workers on a network, a disk and clocks that fail as the seed says.</summary>
internal sealed class World
{
    /// <summary>Places 0 and 1 are seed nodes, workers have the others.</summary>
    public const int Seeds = 2;

    public static readonly QueueRules QueueRules = QueueRules.For(TimeSpan.FromSeconds(6));

    private readonly Dictionary<string, WorkerNode> _nodes = [];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Damaged since they were reported last: who writes one again may still be at it.</summary>
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);
    private readonly WorkerNode[] _present;

    public World(ulong seed, Faults faults, Protection rules, params ReadOnlySpan<StudyKind> kinds)
    {
        (Dice, Faults, Rules) = (new Dice(seed), faults, rules);
        Store = new SimulatedStore(rules.Synchronizes);
        (Work, Blame, Invariants) = (new WorkAccount(this), new Blame(this), new Invariants(this));
        var machines = Machines(kinds.Length > 0 ? 2 : 2 + Dice.Below(3));
        Network = new Network(this, Seeds + machines.Length);
        Queue = new SimulatedQueue(this);
        Studies = kinds.Length > 0
            ? [.. kinds.ToArray().Select(kind => new SimulatedStudy(this, kind, isPoison: false))]
            : DrawStudies();
        _present = new WorkerNode[machines.Length];
        SlotCount = machines.Sum(machine => machine.Slots);
        Queue.Start();
        foreach (var study in Studies) study.Start();
        foreach (var machine in machines) Begin(machine, 0);
    }

    public Dice Dice { get; }

    public Faults Faults { get; }

    public Protection Rules { get; }

    public Timeline Time { get; } = new();

    public Network Network { get; }

    public SimulatedStore Store { get; }

    public SimulatedQueue Queue { get; }

    public WorkAccount Work { get; }

    public Blame Blame { get; }

    public Invariants Invariants { get; }

    public ImmutableArray<SimulatedStudy> Studies { get; }

    public IReadOnlyList<WorkerNode> Nodes => _present;

    public int SlotCount { get; }

    /// <summary>Processes that left a crash report.</summary>
    public HashSet<string> Obituaries { get; } = new(StringComparer.Ordinal);

    /// <summary>The first result of every key that counted.</summary>
    public Dictionary<ContentKey, WorkResult> Counted { get; } = [];

    /// <summary>Nothing goes wrong any more.</summary>
    public bool IsCalm { get; set; }

    public TimeSpan ProgressAt { get; private set; }

    public List<string> Violations { get; } = [];

    /// <summary>What happened, by name: a storm in which nothing does would prove nothing.</summary>
    public HashSet<string> Facts { get; } = new(StringComparer.Ordinal);

    public bool IsQueueEmpty => Queue.State.Leases.IsEmpty && Queue.State.Ready.IsEmpty;

    public Action<string>? Trace { get; set; }

    public bool Chance(Fault fault, double factor = 1) => !IsCalm && Dice.Chance(Faults[fault] * factor);

    /// <summary>Whether a bit falls over: only where another result of the key counts already.</summary>
    public bool Flips(WorkItem item) => Faults.Has(Fault.Flip) && Counted.ContainsKey(item.Key) && Chance(Fault.Flip);

    public SimulatedStudy StudyOf(StudyId id) => Studies.First(study => study.Id == id);

    public WorkerSlot? FindSlot(string worker)
    {
        if (!_nodes.TryGetValue(WorkerLabels.NodeOf(worker), out var node)) return null;
        foreach (var slot in node.Slots)
            if (slot.Labels.Name == worker) return slot;
        return null;
    }

    public bool IsDead(string worker) => FindSlot(worker) is not { Node.IsAlive: true };

    public void Begin(Machine machine, int start)
    {
        var node = new WorkerNode(this, machine, start);
        _present[machine.Place - Seeds] = _nodes[node.Name] = node;
    }

    public void Reported(WorkResult result)
    {
        var written = result.Outputs.Select(o => o.Artifact.Sha256).ToList();
        _reported.UnionWith(written);
        _damaged.ExceptWith(written);
    }

    public void Damaged(string artifact)
    {
        _damaged.Add(artifact);
        Work.Forgive(artifact[..64]);
    }

    /// <summary>Whether the artifact was committed, even if it was damaged later.</summary>
    public bool IsCommitted(string artifact) => _reported.Contains(artifact);

    /// <summary>Everything stops at once; what was not synchronized is lost.</summary>
    public void LosePower()
    {
        foreach (var node in _present) node.Die(leavesReport: false);
        foreach (var study in Studies)
        {
            study.StudyHome.CrashAll();
            study.MapsHome.CrashAll();
        }
        foreach (var path in Store.Disk.LosePower())
            if (_reported.Contains(path) && !_damaged.Contains(path))
                Violate("I6", $"{path}, reported, did not survive the power failure");
        Queue.Restart();
    }

    public void Note(object fact)
    {
        var owner = fact is StudyEvent ? "study " : "maps ";
        Facts.Add(owner + fact.GetType().Name);
        Trace?.Invoke($"journal: {owner}{About(fact)}");
    }

    public void NoteProgress() => ProgressAt = Time.Now;

    public void Violate(string invariant, string what)
    {
        Trace?.Invoke($"VIOLATION {invariant}: {what}");
        Violations.Add($"{invariant}: {what} at {Time.Now.TotalSeconds:F1} s");
    }

    private static string About(object fact) => fact switch
    {
        StudyEvent.Failed e => $"Failed {e.Item} {e.Failure.Code}",
        StudyEvent.MemberTrained e => $"MemberTrained {e.Item}",
        StudyEvent.AttemptFailed e => $"AttemptFailed {e.Item} {e.Worker} {e.Failure.Code} {e.Failure.Fraction:F2}",
        _ => fact.GetType().Name,
    };

    private ImmutableArray<SimulatedStudy> DrawStudies()
    {
        var studies = ImmutableArray.CreateBuilder<SimulatedStudy>();
        int count = (Faults.Has(Fault.Poison) ? 2 : 1) + Dice.Below(2);
        for (int index = 0; index < count; index++)
        {
            var scope = TrainingScopes.All[Dice.Below(TrainingScopes.All.Count)];
            var numericClass = Faults.Has(Fault.TwoClasses) && index == 1 ? "cuda" : "cpu";
            bool isPoison = index == 0 && Faults.Has(Fault.Poison);
            bool hasPolish = index == 1; // of the worlds with two studies, so that both plans meet every fault
            var kind = new StudyKind($"s{index}", scope, numericClass, Faults.Has(Fault.Start), hasPolish);
            studies.Add(new SimulatedStudy(this, kind, isPoison));
        }
        return studies.ToImmutable();
    }

    /// <summary>Of every class two machines at least, so that two can crash; one of the next release.</summary>
    private Machine[] Machines(int count)
    {
        ImmutableArray<string> versions = [.. Stages.InOrder.Select(ItemRecipes.VersionOf)];
        var classes = Faults.Has(Fault.TwoClasses) ? (string[])["cpu", "cuda"] : ["cpu"];
        var machines = new List<Machine>();
        foreach (var name in classes)
            for (int index = 0; index < Math.Max(2, count / classes.Length); index++)
                machines.Add(new Machine(Seeds + machines.Count, name, versions, 1 + Dice.Below(3),
                    1 + 3 * (index % 2)));
        if (Faults.Has(Fault.Upgrade))
            machines.Add(new Machine(Seeds + machines.Count, "cpu", ["prepare/2", "train/2", "merge/2"], 2, 4));
        return [.. machines];
    }
}
