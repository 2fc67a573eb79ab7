using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>What has to hold after the calm, and of the leases at every tick.</summary>
internal sealed class Invariants(World world)
{
    private static readonly ConcurrentDictionary<StudyKind, ImmutableArray<PublishedMap>> Undisturbed = [];

    private readonly Dictionary<(string, long), TimeSpan> _deadSince = [];

    /// <summary>No lease outlives the word of its worker, or its worker, by twice its time (I8).</summary>
    public void CheckLeases(QueueState queue)
    {
        foreach (var (_, lease) in queue.Leases) CheckLease(lease);
        foreach (var (item, lease) in queue.Hedges)
        {
            CheckLease(lease);
            if (!queue.Leases.TryGetValue(item, out var first)) world.Violate("I4", $"{item} has a second lease alone");
            else if (WorkerLabels.NodeOf(first.Worker) == WorkerLabels.NodeOf(lease.Worker))
                world.Violate("I4", $"{item} is twice in one process");
        }
        if (queue.Hedges.Count > 1 + QueueRules.HedgedShare * (queue.Leases.Count + 1))
            world.Violate("I4", $"{queue.Hedges.Count} second leases of {queue.Leases.Count}");
    }

    private void CheckLease(Lease lease)
    {
        var now = world.Time.Now;
        if (now - lease.Deadline > World.QueueRules.LeaseTime) world.Violate("I8", $"{lease.Item.Id} stays leased");
        if (!world.IsDead(lease.Worker)) return;
        var key = (lease.Worker, lease.Epoch); // a jump of the wall clock may bring an epoch twice
        if (!_deadSince.TryGetValue(key, out var since)) _deadSince[key] = since = now;
        var slack = TimeSpan.FromSeconds(13); // letters of the dead may be as late
        if (now - since > World.QueueRules.LeaseTime * 2 + slack)
            world.Violate("I8", $"{lease.Item.Id} is leased to the dead {lease.Worker}");
    }

    /// <summary>After the calm.</summary>
    public void CheckEnd()
    {
        foreach (var study in world.Studies)
        {
            if (!study.IsDone)
                world.Violate("I1", $"{study.Id} is {study.Phase} {study.FailureCode}, its maps {study.MapsPhase}");
            else if (study.IsQuarantined) continue;
            else if (!study.IsPoison) CheckPublished(study);
            else CheckPoison(study);
        }
        world.Work.Check();
    }

    private void CheckPublished(SimulatedStudy study)
    {
        var (state, maps) = (study.StudyState, study.MapsState);
        if (!state.Maps.SequenceEqual(MapsOf(study.Kind))) world.Violate("I3", $"{study.Id} has other maps");
        foreach (var name in StudyPlan.Items(state))
            CheckSettled(state.Ledger, name, StudyPlan.ItemOf(state, name), study);
        foreach (var name in AggregatePlan.Items(maps))
            CheckSettled(maps.Ledger, name, AggregatePlan.ItemOf(maps, name), study);
        if (!world.IsQueueEmpty)
            world.Violate("I1", $"{study.Id} is published and its work goes on");
    }

    /// <summary>Every item is done, and its key follows from the inputs that count.</summary>
    private void CheckSettled(ItemLedger ledger, ItemName name, WorkItem? item, SimulatedStudy study)
    {
        if (!ledger.Results.TryGetValue(name, out var settled))
        {
            // the maps may have come out while an artifact was made again that had served
            if (!ledger.Lost.ContainsKey(name)) world.Violate("I1", $"{name} of {study.Id} is lost");
        }
        else if (item?.Key != settled.Key || item.NumericClass != study.Kind.NumericClass)
            world.Violate("I5", $"{name} of {study.Id} comes of other inputs");
    }

    private void CheckPoison(SimulatedStudy study)
    {
        int crashed = world.Blame.Crashed(study.Id).Count;
        bool isExact = IsTidy(world) && study.FailureCode == "ITEM-CRASHES-WORKERS";
        if (isExact && crashed != ItemLedger.MaximumCrashedWorkers)
            world.Violate("I7", $"{study.Id} crashed {crashed} workers");
    }

    /// <summary>Nothing but the poison: each crash is seen, and seen at once.</summary>
    private static bool IsTidy(World world) => world.Faults.ToString() == nameof(Fault.Poison)
        && world.Nodes.All(node => node.Slots.Length == 1);

    /// <summary>The maps of an undisturbed run.</summary>
    private static ImmutableArray<PublishedMap> MapsOf(StudyKind kind) => Undisturbed.GetOrAdd(kind, _ =>
    {
        var world = new World(0, kind.NumericClass == "cpu" ? Faults.None : Faults.Of(Fault.TwoClasses),
            Protection.All, kind);
        Simulation.Run(world, storm: TimeSpan.Zero);
        return world.Studies[0].StudyState.Maps;
    });
}
