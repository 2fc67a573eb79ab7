using System.Text.Json;
using CsCheck;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Studies;

public sealed class StateSnapshotTests
{
    private static readonly WorkFailure Failure = new(FailureClass.Application, "STAGE-FAILED", "said so");

    private static readonly Gen<ItemName> Items = AnyOf(ItemName.Prepare, ItemName.Weights(0),
        ItemName.Maps(0, 0), ItemName.Maps(1, 1), ItemName.Merge(0), ItemName.Assemble, ItemName.Publish);

    private static readonly Gen<WorkResult> Results = Gen.Int[0, 3].Select(count => new WorkResult(
        [.. Enumerable.Range(0, count).Select(i => new NamedArtifact(StudyPlan.SlabName(i), new($"{i}", 1)))],
        ["NOTE: of a stage"], count == 1));

    private static readonly Gen<StudyEvent> StudyFacts = Gen.OneOf<StudyEvent>(
        Results.Select(StudyEvent (result) => new StudyEvent.Prepared(new ContentKey("p"), result)),
        Gen.Select(Items, Results, StudyEvent (item, result) =>
            new StudyEvent.MemberTrained(item, new ContentKey($"{item}"), result)),
        Gen.Select(Items, Gen.Long, StudyEvent (item, epoch) =>
            new StudyEvent.AttemptFailed(item, "worker", epoch, Failure)),
        Items.Select(StudyEvent (item) => new StudyEvent.ResultLost(item, "0")),
        Items.Select(StudyEvent (item) => new StudyEvent.Failed(item, Failure)),
        Items.Select(StudyEvent (item) => new StudyEvent.ResultDoubted(item, Failure)),
        AnyOf<StudyEvent>(new StudyEvent.PublicationAllowed(2, 1),
            new StudyEvent.Reopened(Given.Noon), new StudyEvent.Cancelled(Given.Noon),
            new StudyEvent.Published([new PublishedMap("D", "d")])));

    private static readonly Gen<AggregateEvent> MapFacts = Gen.OneOf<AggregateEvent>(
        Gen.Int[0, 1].Select(AggregateEvent (slab) =>
            new AggregateEvent.SlabReady(slab, Given.MergeSlab(slab).Members)),
        Results.Select(AggregateEvent (result) => new AggregateEvent.SlabMerged(0, new ContentKey("m"), result)),
        Results.Select(AggregateEvent (result) => new AggregateEvent.Published(1, new ContentKey("p"), result)),
        Gen.Select(Items, Gen.Long, AggregateEvent (item, epoch) =>
            new AggregateEvent.AttemptFailed(item, "worker", epoch, Failure)),
        Items.Select(AggregateEvent (item) => new AggregateEvent.ResultLost(item, "0")),
        Items.Select(AggregateEvent (item) => new AggregateEvent.Failed(item, Failure)),
        Items.Select(AggregateEvent (item) => new AggregateEvent.ResultDoubted(item, Failure)),
        AnyOf<AggregateEvent>(new AggregateEvent.Reopened(), new AggregateEvent.Cancelled(3),
            new AggregateEvent.PublicationWanted(2)));

    [Fact]
    public void A_study_from_a_snapshot_and_later_facts_is_the_study_of_all_facts() =>
        Gen.Select(StudyFacts.Array[0, 40], Gen.Int[0, 40]).Sample((facts, cut) =>
        {
            var start = Given.Submitted(Given.ProtocolWith(TrainingScopes.Study));
            var early = facts.Take(cut).Aggregate(start, (study, fact) => study.Apply(fact));
            var all = facts.Skip(cut).Aggregate(early, (study, fact) => study.Apply(fact));
            var restored = facts.Skip(cut).Aggregate(
                StudyState.From(early.ToSnapshot()), (study, fact) => study.Apply(fact));
            return Text(all.ToSnapshot()) == Text(restored.ToSnapshot())
                && (all.Protocol, all.ProtocolArtifact) == (restored.Protocol, restored.ProtocolArtifact);
        }, iter: 300);

    [Fact]
    public void An_aggregator_from_a_snapshot_and_later_facts_is_the_aggregator_of_all_facts() =>
        Gen.Select(MapFacts.Array[0, 40], Gen.Int[0, 40]).Sample((facts, cut) =>
        {
            var early = facts.Take(cut).Aggregate(Given.Opened(), (maps, fact) => maps.Apply(fact));
            var all = facts.Skip(cut).Aggregate(early, (maps, fact) => maps.Apply(fact));
            var restored = facts.Skip(cut).Aggregate(
                AggregateState.From(early.ToSnapshot()), (maps, fact) => maps.Apply(fact));
            return Text(all.ToSnapshot()) == Text(restored.ToSnapshot())
                && (all.Protocol, all.ProtocolArtifact) == (restored.Protocol, restored.ProtocolArtifact);
        }, iter: 300);

    /// <summary>A part that is forgotten in a snapshot would be equal on both sides of the law above.</summary>
    [Fact]
    public void Every_part_of_a_state_is_in_its_snapshot()
    {
        Assert.Equal(Names<StudyState>("Id", "Protocol", "ProtocolArtifact", "Exists", "Quarantine"),
            Names<StudyStateSnapshot>("Study"));
        Assert.Equal(Names<AggregateState>("Id", "Protocol", "ProtocolArtifact", "Quarantine"),
            Names<AggregateStateSnapshot>("Study"));
    }

    [Fact]
    public void A_tally_tells_sets_of_offers_apart_and_forgets_their_order()
    {
        var (first, second) = (new ContentKey("a1"), new ContentKey("b2"));
        var both = default(OfferTally).With(ItemName.Maps(0, 0), first).With(ItemName.Maps(1, 0), second);
        Assert.Equal(both, default(OfferTally).With(ItemName.Maps(1, 0), second).With(ItemName.Maps(0, 0), first));
        Assert.NotEqual(both, default(OfferTally).With(ItemName.Maps(1, 0), first).With(ItemName.Maps(0, 0), second));
        Assert.Equal(default, both.Without(ItemName.Maps(0, 0), first).Without(ItemName.Maps(1, 0), second));
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string[] Names<T>(params string[] but) =>
        [.. typeof(T).GetProperties().Where(part => part.GetMethod is { IsStatic: false })
            .Select(part => part.Name).Except(but).Order(StringComparer.Ordinal)];

    private static string Text(object snapshot) => JsonSerializer.Serialize(snapshot, snapshot.GetType());
}
