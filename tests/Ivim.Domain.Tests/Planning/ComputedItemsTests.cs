using System.Collections.Immutable;
using Ivim.Domain.Planning;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Planning;

public sealed class ComputedItemsTests
{
    private static readonly ItemName Weights = ItemName.Weights(0);

    [Fact]
    public void What_was_there_is_not_computed_and_what_was_found_is_not_either()
    {
        var study = Given.Prepared();
        var found = When.Finished(study.Item(Weights));
        var after = study.After(found with { Result = found.Result with { Reused = true } });
        Assert.Equal([ItemName.Prepare], Between(StudyState.Unborn, after));
        Assert.Empty(Between(study, after));
        Assert.Equal([Weights], Between(study, study.AfterFinishing(Weights)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_result_that_was_lost_and_made_again_is_computed(bool wasFound)
    {
        var study = Given.Prepared();
        var first = When.Finished(study.Item(Weights));
        study = study.After(first with { Result = first.Result with { Reused = wasFound } });
        var lost = study.After(new StudyCommand.RecordLoss(
            Given.Study, first.Result.Outputs[0].Artifact.Sha256));
        Assert.Empty(Between(study, lost));
        Assert.Equal([Weights], Between(study, lost.After(first)));
        Assert.Empty(Between(study, lost.After(first with { Result = first.Result with { Reused = true } })));
    }

    [Fact]
    public void A_study_that_goes_on_has_forgotten_its_attempts_and_keeps_what_it_made()
    {
        var study = Given.Prepared();
        study = study.After(When.Failed(study.Item(Weights), FailureClass.Application)).AfterFinishing(Weights);
        var ended = study.After(new StudyCommand.Cancel(Given.Study, Given.Noon));
        var again = ended.After(new StudyCommand.Retry(Given.Study, 0, Given.Noon));
        Assert.Empty(Between(ended, again, wasReopened: true));
        var lost = again.After(new StudyCommand.RecordLoss(
            Given.Study, again.Ledger.Results[Weights].Result.Outputs[0].Artifact.Sha256));
        Assert.Equal([Weights], Between(ended, lost.AfterFinishing(Weights), wasReopened: true));
    }

    private static ItemName[] Between(StudyState before, StudyState after, bool wasReopened = false) =>
        [.. ComputedItems.Between(Statuses(before), Statuses(after), wasReopened)];

    private static ImmutableArray<ItemStatus> Statuses(StudyState study) =>
        ItemStatuses.Page(study, Given.Study, 0).Statuses;
}
