using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Planning;

public sealed class StudyForecastTests
{
    private static readonly Protocol TwoMembers = Given.ProtocolWith(TrainingScopes.Study);

    [Fact]
    public void Where_nothing_is_kept_the_preparation_is_computed_and_the_rest_is_not_known()
    {
        var items = Forecast(new Kept(), TwoMembers);

        Assert.Equal([ItemName.Prepare], Names(items, Outlook.Computed));
        Assert.Empty(Names(items, Outlook.Reused));
        Assert.Equal(1 + 2 + 2 * 2 + 2 + 2, items.Length);
    }

    [Fact]
    public void Where_everything_is_kept_everything_is_reused() =>
        Assert.All(Forecast(KeptOf(TwoMembers), TwoMembers), item => Assert.Equal(Outlook.Reused, item.Outlook));

    [Fact]
    public void A_lost_output_is_made_again_and_nothing_else()
    {
        var kept = KeptOf(TwoMembers);
        kept.Lose(ItemName.Weights(1));

        Assert.Equal([ItemName.Weights(1)], Computed(Forecast(kept, TwoMembers)));
    }

    [Fact]
    public void One_more_member_is_computed_and_what_is_merged_of_it()
    {
        var items = Forecast(KeptOf(TwoMembers), Given.ProtocolWith(TrainingScopes.Study, members: 3));

        Assert.Equal([ItemName.Weights(2)], Names(items, Outlook.Computed));
        Assert.Equal(
            [ItemName.Maps(0, 2), ItemName.Maps(1, 2), ItemName.Merge(0), ItemName.Merge(1), ItemName.Assemble,
                ItemName.Publish], Names(items, Outlook.Unknown));
        Assert.Contains(ItemName.Weights(1), Names(items, Outlook.Reused));
    }

    [Fact]
    public void Another_rule_of_merging_trains_nobody_again()
    {
        var another = TwoMembers with { Ensemble = TwoMembers.Ensemble with { Merge = MergeRules.Mean } };
        var items = Forecast(KeptOf(TwoMembers), another);

        Assert.Equal([ItemName.Merge(0), ItemName.Merge(1)], Names(items, Outlook.Computed));
        Assert.Equal([ItemName.Assemble, ItemName.Publish], Names(items, Outlook.Unknown));
    }

    private static ImmutableArray<ForecastItem> Forecast(Kept kept, Protocol protocol) =>
        StudyForecast.Of(Given.Submit(protocol), StudyState.Unborn, AggregateState.Unborn, kept,
            () => Given.SlabCount, _ => true);

    private static ItemName[] Names(ImmutableArray<ForecastItem> items, Outlook outlook) =>
        [.. items.Where(item => item.Outlook == outlook).Select(item => item.Name)];

    private static ItemName[] Computed(ImmutableArray<ForecastItem> items) =>
        [.. items.Where(item => item.Outlook != Outlook.Reused).Select(item => item.Name)];

    /// <summary>What a run of a protocol leaves behind.</summary>
    private static Kept KeptOf(Protocol protocol)
    {
        var kept = new Kept();
        while (Forecast(kept, protocol).FirstOrDefault(item => item.Outlook == Outlook.Computed) is { } item)
            kept.Keep(item.Work!);
        return kept;
    }

    private sealed class Kept : IKnownResults
    {
        private readonly Dictionary<ContentKey, (ItemName Name, KnownResult Known)> _results = [];

        public void Keep(WorkItem item) =>
            _results[item.Key] = (item.Name, new KnownResult(Given.ResultOf(item), IsWhole: true));

        public void Lose(ItemName name)
        {
            var (key, (_, known)) = _results.Single(result => result.Value.Name == name);
            _results[key] = (name, known with { IsWhole = false });
        }

        public KnownResult? Find(ContentKey key) => _results.TryGetValue(key, out var kept) ? kept.Known : null;

        public bool IsReadable(ArtifactRef artifact) => true;
    }
}
