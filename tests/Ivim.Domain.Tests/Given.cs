using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests;

/// <summary>Studies and aggregators at the points of their lives that tests begin from.</summary>
public static partial class Given
{
    public const int SlabCount = 2;

    public static StudyId Study { get; } = new("st-1");

    public static DateTimeOffset Noon { get; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Without the polish, which has tests of its own.</summary>
    public static Protocol ProtocolWith(string scope, int members = 2) => new()
    {
        Training = new() { Scope = scope }, Ensemble = new() { Members = members },
        Polish = new() { Method = PolishRules.None },
    };

    /// <summary>Whose members begin from simulated signals.</summary>
    public static Protocol ProtocolWithStart(string scope)
    {
        var protocol = ProtocolWith(scope);
        return protocol with { Training = protocol.Training with { StartSteps = 100 } };
    }

    public static StudyCommand.Submit Submit(Protocol? protocol = null) => new(Study,
        new StudySource("image", "bval", "", ""), ProtocolJson.Write(protocol ?? ProtocolWith(TrainingScopes.Study)),
            "cpu", Noon);

    public static StudyState Submitted(Protocol? protocol = null) => StudyState.Unborn.After(Submit(protocol));

    public static StudyState Prepared(Protocol? protocol = null) =>
        Submitted(protocol).AfterFinishing(ItemName.Prepare);

    /// <summary>Every item of the study is settled.</summary>
    public static StudyState Trained(Protocol? protocol = null)
    {
        var study = Submitted(protocol);
        while (StudyPlan.Ready(study).FirstOrDefault() is { } item) study = study.AfterFinishing(item.Name);
        return study;
    }

    public static StudyState Published() =>
        Trained().After(new StudyCommand.Conclude(Study, [new PublishedMap("D", "d")]));

    public static AggregateCommand.Open Open() =>
        new(Study, ProtocolJson.Write(ProtocolWith(TrainingScopes.Study)), "cpu",
        new WorkInput("frame", new ArtifactRef("frame", 1), new ContentKey("prepare")), SlabCount);

    public static AggregateCommand.MergeSlab MergeSlab(int slab) => new(Study, slab,
        [Member(slab, 0), Member(slab, 1)]);

    public static AggregateState Opened() => AggregateState.Unborn.After(Open());

    public static AggregateState ReadyToMerge() =>
        Enumerable.Range(0, SlabCount).Aggregate(Opened(), (maps, slab) => maps.After(MergeSlab(slab)));

    /// <summary>Everything is settled up to and without the publication.</summary>
    public static AggregateState Assembled()
    {
        var maps = ReadyToMerge();
        while (AggregatePlan.Ready(maps).First() is var item && item.Name != ItemName.Publish)
            maps = maps.AfterFinishing(item.Name);
        return maps;
    }

    public static AggregateState PublishedMaps() => Assembled().AfterFinishing(ItemName.Publish);

    /// <summary>The one result of an item: its artifacts are named by its key.</summary>
    public static WorkResult ResultOf(WorkItem item, string variant = "") => new(
        [.. OutputsOf(item.Name).Select(name =>
            new NamedArtifact(name, new ArtifactRef($"{item.Key.Hex}/{name}{variant}", 1)))],
        [], false);

    private static IEnumerable<string> OutputsOf(ItemName item) => item switch
    {
        { Stage: Stage.Prepare } => [StudyPlan.Frame, StudyPlan.Sample, StudyPlan.BValues,
            .. Enumerable.Range(0, SlabCount).Select(StudyPlan.SlabName)],
        { Stage: Stage.Start } or { IsWeights: true } => [StudyPlan.Weights],
        { Stage: Stage.Train } => [StudyPlan.Maps],
        { Stage: Stage.Merge } => [AggregatePlan.Merged],
        _ => ["D", "f"],
    };

    private static WorkInput Member(int slab, int member) => new($"member-{member:D2}",
        new ArtifactRef($"maps-{slab}-{member}", 1), new ContentKey($"train-{slab}-{member}"));
}
