using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Aggregation;

public sealed class AggregateStateTests
{
    [Fact]
    public void Opening_twice_is_one_opening() => Assert.Empty(Given.Opened().Decide(Given.Open()).Events());

    [Fact]
    public void A_slab_before_the_opening_is_refused_so_that_the_study_sends_it_again() =>
        Assert.IsType<Decision<AggregateEvent>.Rejected>(AggregateState.Unborn.Decide(Given.MergeSlab(0)));

    [Fact]
    public void A_slab_that_is_handed_over_twice_is_merged_once()
    {
        var maps = Given.Opened().After(Given.MergeSlab(1));

        Assert.Equal([ItemName.Merge(1)], AggregatePlan.Ready(maps).Select(item => item.Name));
        Assert.Empty(maps.Decide(Given.MergeSlab(1)).Events());
        Assert.Empty(maps.AfterFinishing(ItemName.Merge(1)).Decide(Given.MergeSlab(1)).Events());
    }

    [Fact]
    public void Slabs_are_merged_then_assembled_then_published()
    {
        var maps = Given.ReadyToMerge();
        var order = new List<string>();
        while (AggregatePlan.Ready(maps).FirstOrDefault() is { } item)
        {
            order.Add(item.Name.ToString());
            maps = maps.AfterFinishing(item.Name);
        }

        Assert.Equal(["merge/slab-000", "merge/slab-001", "assemble", "publish"], order);
        Assert.Equal(StudyPhase.Published, maps.Phase);
        Assert.Equal(1, maps.Round);
    }

    [Fact]
    public void The_merged_slabs_are_assembled_in_slab_order_however_they_came()
    {
        var forward = Given.ReadyToMerge().AfterFinishing(ItemName.Merge(0)).AfterFinishing(ItemName.Merge(1));
        var backward = Given.ReadyToMerge().AfterFinishing(ItemName.Merge(1)).AfterFinishing(ItemName.Merge(0));

        Assert.Equal(forward.Item(ItemName.Assemble).Key, backward.Item(ItemName.Assemble).Key);
    }

    [Fact]
    public void A_redelivered_result_changes_nothing()
    {
        var maps = Given.PublishedMaps();
        foreach (var name in AggregatePlan.Items(maps))
            Assert.Empty(maps.Decide(When.Finished(maps.Item(name))).Events());
    }

    [Fact]
    public void Two_results_of_one_key_end_the_aggregation()
    {
        var maps = Given.Assembled();

        var fact = Assert.Single(maps.Decide(When.Finished(maps.Item(ItemName.Merge(0)), "other bits")).Events());

        Assert.Equal("HASH-MISMATCH", Assert.IsType<AggregateEvent.Failed>(fact).Failure.Code);
    }

    [Fact]
    public void Publishing_again_is_an_item_of_its_own_round_and_only_once_for_each_demand()
    {
        var published = Given.PublishedMaps();
        var again = published.After(new AggregateCommand.PublishAgain(Given.Study, 1));

        Assert.Equal(StudyPhase.Running, again.Phase);
        Assert.Equal(2, again.Round);
        Assert.NotEqual(published.Item(ItemName.Publish).Key, again.Item(ItemName.Publish).Key);
        Assert.Empty(again.Decide(new AggregateCommand.PublishAgain(Given.Study, 1)).Events());
        Assert.Empty(again.AfterFinishing(ItemName.Publish)
            .Decide(new AggregateCommand.PublishAgain(Given.Study, 1)).Events());
    }

    [Fact]
    public void The_report_of_an_earlier_round_does_not_count_for_the_present_one()
    {
        var published = Given.PublishedMaps();
        var again = published.After(new AggregateCommand.PublishAgain(Given.Study, 1));

        Assert.Empty(again.Decide(When.Finished(published.Item(ItemName.Publish))).Events());
    }

    [Fact]
    public void A_publication_that_failed_the_second_time_can_be_asked_for_again()
    {
        var maps = Given.PublishedMaps().After(new AggregateCommand.PublishAgain(Given.Study, 1));
        maps = maps.After(When.Failed(maps.Item(ItemName.Publish), FailureClass.BadInput));
        Assert.Equal(StudyPhase.Failed, maps.Phase);

        maps = maps.After(new AggregateCommand.PublishAgain(Given.Study, 2));

        Assert.Equal([ItemName.Publish], AggregatePlan.Ready(maps).Select(item => item.Name));
        Assert.Equal(3, maps.Round);
    }

    [Fact]
    public void A_lost_artifact_of_its_own_reopens_its_maker()
    {
        var maps = Given.Assembled();
        var publish = maps.Item(ItemName.Publish);
        maps = maps.After(When.Failed(publish, FailureClass.LostInput, lost: publish.Inputs[0].Artifact.Sha256));

        Assert.Equal([ItemName.Assemble], AggregatePlan.Ready(maps).Select(item => item.Name));
        Assert.Equal(publish.Key, maps.AfterFinishing(ItemName.Assemble).Item(ItemName.Publish).Key);
    }

    [Fact]
    public void A_lost_artifact_of_the_study_changes_nothing_here_and_is_known_as_the_studys()
    {
        var maps = Given.ReadyToMerge();
        var merge = maps.Item(ItemName.Merge(0));
        var lost = merge.Inputs[0].Artifact.Sha256;

        Assert.Empty(maps.Decide(When.Failed(merge, FailureClass.LostInput, lost: lost)).Events());
        Assert.True(maps.IsFromStudy(lost));
        Assert.True(maps.IsFromStudy(maps.Frame.Artifact.Sha256));
        Assert.False(maps.IsFromStudy("stranger"));
    }

    [Fact]
    public void Reopening_keeps_what_was_merged_and_forgets_the_attempts()
    {
        var maps = Given.ReadyToMerge().AfterFinishing(ItemName.Merge(0));
        for (int epoch = 1; epoch <= ItemLedger.MaximumAttempts; epoch++)
            maps = maps.After(When.Failed(maps.Item(ItemName.Merge(1)), FailureClass.Application, epoch));
        Assert.Equal(StudyPhase.Failed, maps.Phase);
        Assert.Empty(AggregatePlan.Ready(maps));

        maps = maps.After(new AggregateCommand.Reopen(Given.Study));

        Assert.Equal([ItemName.Merge(1)], AggregatePlan.Ready(maps).Select(item => item.Name));
        Assert.Empty(maps.Ledger.Attempts);
        Assert.Empty(maps.Decide(new AggregateCommand.Reopen(Given.Study)).Events());
    }
}
