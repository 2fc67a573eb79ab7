using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>An artifact store whose artifacts are named by the key that makes them, and can be lost.</summary>
public sealed class SimulatedStore(int slabs)
{
    private readonly SortedSet<string> _artifacts = new(StringComparer.Ordinal);

    public void LoseOne(Dice dice)
    {
        if (_artifacts.Count > 0) _artifacts.Remove(_artifacts.ElementAt(dice.Below(_artifacts.Count)));
    }

    /// <summary>What a worker reports after it has run an item.</summary>
    public ItemReport Run(WorkItem item, string worker, long epoch)
    {
        var missing = item.Inputs.FirstOrDefault(input => !_artifacts.Contains(input.Artifact.Sha256));
        if (missing is not null)
            return new ItemReport.Failed(item.Study, item.Name, item.Key, worker, epoch,
                new WorkFailure(FailureClass.LostInput, "ARTIFACT-LOST", "lost", missing.Artifact.Sha256));
        var result = Result(item);
        foreach (var output in result.Outputs) _artifacts.Add(output.Artifact.Sha256);
        return new ItemReport.Finished(item.Study, item.Name, item.Key, result);
    }

    /// <summary>The one result of a key.</summary>
    private WorkResult Result(WorkItem item)
    {
        IEnumerable<string> names = item.Name switch
        {
            { Stage: Stage.Prepare } => [StudyPlan.Frame, StudyPlan.Sample,
                .. Enumerable.Range(0, slabs).Select(StudyPlan.SlabName)],
            { IsWeights: true } => [StudyPlan.Weights],
            { Stage: Stage.Train } => [StudyPlan.Maps],
            { Stage: Stage.Merge } => [AggregatePlan.Merged],
            { Stage: Stage.Assemble } => ["D", "f"],
            _ => [.. item.Inputs.Select(input => "voxels/" + input.Artifact.Sha256)],
        };
        return new WorkResult([.. names.Select(name =>
            new NamedArtifact(name, new ArtifactRef($"{item.Key}-{name}", 1)))], [], false);
    }

    /// <summary>The maps that a publication brought out: its inputs, so that every round has the same.</summary>
    public static ImmutableArray<PublishedMap> MapsOf(WorkResult published) =>
        [.. published.Outputs.Select(output => new PublishedMap("map", output.Name))];
}
