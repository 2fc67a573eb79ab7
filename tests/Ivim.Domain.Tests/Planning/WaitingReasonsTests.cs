using Ivim.Domain.Aggregation;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Planning;

public sealed class WaitingReasonsTests
{
    [Fact]
    public void Before_the_preparation_everything_waits_for_it()
    {
        var reasons = new WaitingReasons(Given.Submitted(), AggregateState.Unborn);

        Assert.Equal(ItemStanding.Ready, Of(reasons, ItemName.Prepare).Standing);
        Assert.Equal([ItemName.Prepare], Waits(reasons, ItemName.Weights(1)));
        Assert.Equal([ItemName.Prepare, ItemName.Weights(1)], Waits(reasons, ItemName.Maps(7, 1)));
        Assert.Equal([ItemName.Prepare], Waits(reasons, ItemName.Assemble));
        Assert.Null(Of(reasons, ItemName.Weights(1)).Key);
    }

    [Fact]
    public void Prepared_the_members_are_ready_and_their_slabs_wait_for_them()
    {
        var reasons = new WaitingReasons(Given.Prepared(), AggregateState.Unborn);

        Assert.Equal(ItemStanding.Done, Of(reasons, ItemName.Prepare).Standing);
        Assert.Equal(ItemStanding.Ready, Of(reasons, ItemName.Weights(0)).Standing);
        Assert.NotNull(Of(reasons, ItemName.Weights(0)).Key);
        Assert.Equal([ItemName.Weights(1)], Waits(reasons, ItemName.Maps(1, 1)));
        Assert.Equal([ItemName.Maps(1, 0), ItemName.Maps(1, 1)], Waits(reasons, ItemName.Merge(1)));
        Assert.Null(reasons.Of(ItemName.Merge(Given.SlabCount)));
        Assert.Null(reasons.Of(ItemName.Polish));
    }

    [Fact]
    public void A_merge_waits_for_the_member_that_is_missing_alone()
    {
        var study = Given.Prepared().AfterFinishing(ItemName.Weights(0)).AfterFinishing(ItemName.Maps(1, 0));
        var reasons = new WaitingReasons(study, Given.Opened());

        Assert.Equal([ItemName.Maps(1, 1)], Waits(reasons, ItemName.Merge(1)));
        Assert.Equal(ItemStanding.Ready, Of(reasons, ItemName.Maps(0, 0)).Standing);
    }

    [Fact]
    public void A_member_with_a_start_waits_for_it()
    {
        var study = Given.Prepared(Given.ProtocolWithStart(TrainingScopes.Slab));
        var reasons = new WaitingReasons(study, AggregateState.Unborn);

        Assert.Equal([ItemName.Start(1)], Waits(reasons, ItemName.Maps(0, 1)));
        Assert.Null(reasons.Of(ItemName.Weights(1)));
    }

    [Fact]
    public void Polished_maps_stand_between_the_merges_and_the_files()
    {
        var protocol = Given.ProtocolWith(TrainingScopes.Study) with { Polish = new() };
        var reasons = new WaitingReasons(Given.Prepared(protocol), AggregateState.Unborn);

        Assert.Equal([ItemName.Merge(0), ItemName.Merge(1)], Waits(reasons, ItemName.Polish));
        Assert.Equal([ItemName.Polish], Waits(reasons, ItemName.Assemble));
        Assert.Equal([ItemName.Assemble], Waits(reasons, ItemName.Publish));
    }

    [Fact]
    public void Whatever_a_plan_calls_ready_waits_for_nothing_and_nothing_else_does()
    {
        var (study, maps) = (Given.Submitted(), Given.ReadyToMerge());
        while (StudyPlan.Ready(study).FirstOrDefault() is { } next)
        {
            var ready = new WaitingReasons(study, maps).All()
                .Where(item => item.Standing == ItemStanding.Ready && item.Name.Stage < Stage.Merge)
                .Select(item => item.Name);
            Assert.Equal(StudyPlan.Ready(study).Select(item => item.Name), ready);
            study = study.AfterFinishing(next.Name);
        }
    }

    [Fact]
    public void A_cancelled_study_has_stopped_and_waits_no_more()
    {
        var study = Given.Prepared().After(new StudyCommand.Cancel(Given.Study, Given.Noon));
        var items = new WaitingReasons(study, AggregateState.Unborn).All();

        Assert.Equal(ItemStanding.Done, items[0].Standing);
        Assert.All(items.Skip(1), item => Assert.Equal(ItemStanding.Stopped, item.Standing));
    }

    [Fact]
    public void A_reused_result_is_told_from_a_computed_one()
    {
        var study = Given.Submitted();
        var report = When.Finished(study.Item(ItemName.Prepare));
        var reused = study.After(report with { Result = report.Result with { Reused = true } });

        Assert.Equal(ItemStanding.Reused,
            Of(new WaitingReasons(reused, AggregateState.Unborn), ItemName.Prepare).Standing);
    }

    [Theory]
    [InlineData("prepare")]
    [InlineData("train/member-02")]
    [InlineData("train/slab-003/member-02")]
    [InlineData("merge/slab-1234")]
    public void A_name_reads_back_as_it_is_written(string text) =>
        Assert.Equal(text, ItemName.Parse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("trains")]
    [InlineData("train/slab-3/member-2")]
    [InlineData("train/member-02/slab-003")]
    [InlineData("merge/slab--01")]
    [InlineData("merge/slab-99999999999999999999")]
    public void Other_texts_are_no_names(string text) => Assert.Null(ItemName.Parse(text));

    [Fact]
    public void Two_keys_differ_in_the_fields_that_changed_came_or_went() => Assert.Equal(
        [new ChangedField("b", "2", "3"), new ChangedField("new", "none", "4"), new ChangedField("old", "5", "none")],
        RecipeDifference.Between([new("a", "1"), new("b", "2"), new("old", "5")],
            [new("a", "1"), new("b", "3"), new("new", "4")]));

    private static ItemName[] Waits(WaitingReasons reasons, ItemName name) => [.. Of(reasons, name).WaitsFor];

    private static ItemPosition Of(WaitingReasons reasons, ItemName name) =>
        Assert.IsType<ItemPosition>(reasons.Of(name));
}
