using Ivim.Domain.Aggregation;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Planning;

public sealed class ItemStatusesTests
{
    private static readonly ItemName Weights = ItemName.Weights(0), Other = ItemName.Weights(1);

    [Fact]
    public void A_study_that_does_not_exist_has_no_items()
    {
        Assert.Empty(ItemStatuses.Page(StudyState.Unborn, Given.Study, 0).Statuses);
        Assert.Empty(ItemStatuses.Page(AggregateState.Unborn, Given.Study, 0).Statuses);
    }

    [Fact]
    public void An_item_waits_until_what_it_reads_is_there_and_then_is_ready_and_done()
    {
        var study = Given.Submitted();
        Assert.Equal((ItemPhase.Ready, ItemPhase.Waiting), (PhaseOf(study, ItemName.Prepare), PhaseOf(study, Weights)));
        study = study.AfterFinishing(ItemName.Prepare);
        Assert.Equal((ItemPhase.Done, ItemPhase.Ready), (PhaseOf(study, ItemName.Prepare), PhaseOf(study, Weights)));
        Assert.Equal(study.Ledger.Results[ItemName.Prepare].Result.Outputs,
            Of(study, ItemName.Prepare).Outputs);
        var reused = When.Finished(study.Item(Weights));
        study = study.After(reused with { Result = reused.Result with { Reused = true } });
        Assert.Equal((ItemPhase.Reused, 0, ""), Shown(study, Weights));
        study = study.After(When.Failed(study.Item(Other), FailureClass.Application));
        study = study.AfterFinishing(Other);
        Assert.Equal((ItemPhase.Done, 2, ""), Shown(study, Other));
    }

    [Fact]
    public void The_item_that_ended_the_study_has_failed_and_the_others_have_stopped()
    {
        var study = Given.Prepared();
        study = study.After(When.Failed(study.Item(Other), FailureClass.Application));
        Assert.Equal((ItemPhase.Ready, 1, "TEST"), Shown(study, Other));
        for (int epoch = 1; study.Phase == StudyPhase.Running; epoch++)
            study = study.After(When.Failed(study.Item(Weights), FailureClass.Application, epoch));
        Assert.Equal((ItemPhase.Failed, ItemLedger.MaximumAttempts, "TEST"), Shown(study, Weights));
        Assert.Equal((ItemPhase.Stopped, 1, "TEST"), Shown(study, Other));
        study = StudyState.From(study.ToSnapshot());
        Assert.Equal(ItemPhase.Failed, PhaseOf(study, Weights));
        study = study.After(new StudyCommand.Retry(Given.Study, 0, Given.Noon));
        Assert.Equal((ItemPhase.Ready, 0, ""), Shown(study, Weights));
    }

    [Fact]
    public void An_item_with_two_results_says_so()
    {
        var study = Given.Prepared();
        var another = When.Finished(study.Item(ItemName.Prepare), variant: "another");
        Assert.Equal((ItemPhase.Failed, 2, "HASH-MISMATCH"), Shown(study.After(another), ItemName.Prepare));
        study = Given.Published().After(another);
        Assert.Equal((ItemPhase.Done, 1, "HASH-MISMATCH"), Shown(study, ItemName.Prepare));
    }

    [Fact]
    public void Maps_are_told_by_their_aggregator()
    {
        var maps = Given.Assembled();
        var page = ItemStatuses.Page(maps, Given.Study, 0);
        Assert.Equal(AggregatePlan.Items(maps), page.Statuses.Select(status => status.Name));
        Assert.Equal((ItemPhase.Ready, -1), (page.Statuses[^1].Phase, page.Next));
    }

    [Fact]
    public void Pages_follow_one_another_to_the_last_item()
    {
        var study = Given.Submitted(Given.ProtocolWith(TrainingScopes.Study, members: 64));
        study = study.AfterFinishing(ItemName.Prepare);
        var (seen, next) = (new List<ItemName>(), 0);
        while (next >= 0)
        {
            var page = ItemStatuses.Page(study, Given.Study, next);
            Assert.InRange(page.Statuses.Length, 0, ItemStatuses.MostOnPage);
            seen.AddRange(page.Statuses.Select(status => status.Name));
            next = page.Next;
        }
        Assert.Equal(StudyPlan.Items(study), seen);
        Assert.Empty(ItemStatuses.Page(study, Given.Study, int.MaxValue).Statuses);
    }

    private static ItemStatus Of(StudyState study, ItemName name) =>
        ItemStatuses.Page(study, Given.Study, 0).Statuses.Single(status => status.Name == name);

    private static ItemPhase PhaseOf(StudyState study, ItemName name) => Of(study, name).Phase;

    private static (ItemPhase, int, string) Shown(StudyState study, ItemName name) =>
        Of(study, name) is var status ? (status.Phase, status.Attempts, status.Code) : default;
}
