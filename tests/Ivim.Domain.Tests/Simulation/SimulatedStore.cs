using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>Artifacts named by the key that makes them, stored results, and checkpoints of unfinished items.</summary>
internal sealed class SimulatedStore(bool synchronizes)
{
    public const int Slabs = 2;
    public const int CheckpointInterval = 4;

    private readonly Dictionary<string, int> _checkpoints = [];
    private readonly Dictionary<ContentKey, WorkResult> _results = [];

    public SimulatedDisk Disk { get; } = new() { Synchronizes = synchronizes };

    /// <summary>How many steps an item has; only training keeps checkpoints.</summary>
    public static int StepsOf(WorkItem item) => item.Name switch
    {
        { Stage: Stage.Start } or { IsWeights: true } => 14,
        { Stage: Stage.Train } => 9,
        { Stage: Stage.Prepare } => 3,
        _ => 2,
    };

    /// <summary>The most that is done again after a run that left nothing else behind.</summary>
    public static int IntervalOf(WorkItem item) =>
        Trains(item) ? CheckpointInterval : StepsOf(item);

    public string? MissingInput(WorkItem item)
    {
        foreach (var input in item.Inputs)
            if (!Disk.IsIntact(input.Artifact.Sha256)) return input.Artifact.Sha256;
        return null;
    }

    /// <summary>The result of the key, where it is stored with all of its artifacts.</summary>
    public WorkResult? Stored(ContentKey key) =>
        _results.TryGetValue(key, out var result) && result.Outputs.All(o => Disk.IsIntact(o.Artifact.Sha256))
            ? result with { Reused = true } : null;

    public void Keep(ContentKey key, WorkResult result) => _results[key] = result;

    public int CheckpointOf(WorkItem item) => _checkpoints.GetValueOrDefault(item.Key.Hex);

    public void Checkpoint(WorkItem item, int steps)
    {
        if (Trains(item)) _checkpoints[item.Key.Hex] = steps;
    }

    /// <summary>A damaged checkpoint is found to be one: its item starts over. The key, or null.</summary>
    public string? DamageCheckpoint(Dice dice)
    {
        if (_checkpoints.Count == 0) return null;
        var key = _checkpoints.Keys.ElementAt(dice.Below(_checkpoints.Count));
        _checkpoints.Remove(key);
        return key;
    }

    private static bool Trains(WorkItem item) => item.Name.Stage is Stage.Start or Stage.Train;

    /// <summary>The one result of a key; a flipped bit gives another one.</summary>
    public static WorkResult ResultOf(WorkItem item, bool isFlipped)
    {
        IEnumerable<string> names = item.Name switch
        {
            { Stage: Stage.Prepare } => [StudyPlan.Frame, StudyPlan.Sample, StudyPlan.BValues,
                .. Enumerable.Range(0, Slabs).Select(StudyPlan.SlabName)],
            { Stage: Stage.Start } or { IsWeights: true } => [StudyPlan.Weights],
            { Stage: Stage.Train } => [StudyPlan.Maps],
            { Stage: Stage.Merge } => [AggregatePlan.Merged],
            { Stage: Stage.Polish } => [AggregatePlan.Polished],
            { Stage: Stage.Assemble } => ["D", "f"],
            _ => [.. item.Inputs.Select(input => "voxels/" + input.Artifact.Sha256)],
        };
        var variant = isFlipped ? "!" : "";
        return new WorkResult([.. names.Select(name =>
            new NamedArtifact(name, new ArtifactRef($"{item.Key.Hex}-{name}{variant}", 1)))], [], false);
    }

    /// <summary>The maps that a publication brought out: its inputs, so that every round has the same.</summary>
    public static ImmutableArray<PublishedMap> MapsOf(WorkResult published) =>
        [.. published.Outputs.Select(output => new PublishedMap("map", output.Name))];
}
