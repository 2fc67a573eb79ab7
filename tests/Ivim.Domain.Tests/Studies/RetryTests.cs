using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Studies;

public sealed class RetryTests
{
    private static readonly StudyCommand.Retry Retry = new(Given.Study, 0, Given.Noon);

    [Fact]
    public void A_failed_study_goes_on_with_its_results_and_without_its_attempts()
    {
        var study = Given.Prepared();
        study = study.After(When.Failed(study.Item(ItemName.Weights(0)), FailureClass.BadInput));
        study = study.After(Retry);
        Assert.Equal((StudyPhase.Running, 1), (study.Phase, study.Reopenings));
        Assert.True(study.Ledger.Results.ContainsKey(ItemName.Prepare));
        Assert.Empty(study.Ledger.Attempts);
    }

    [Fact]
    public void A_word_about_a_life_that_is_over_begins_no_other()
    {
        var study = Given.Prepared().After(new StudyCommand.Cancel(Given.Study, Given.Noon)).After(Retry);
        Assert.Empty(study.Decide(Retry).Events());
        study = study.After(When.Failed(study.Item(ItemName.Weights(0)), FailureClass.BadInput));
        Assert.Empty(study.Decide(Retry).Events());
        Assert.Single(study.Decide(Retry with { Reopenings = 1 }).Events());
    }

    [Fact]
    public void What_is_published_or_in_doubt_does_not_go_on()
    {
        Assert.Empty(Given.Published().Decide(Retry).Events());
        var study = Given.Prepared();
        study = study.After(When.Finished(study.Item(ItemName.Prepare), variant: "another"));
        Assert.Equal("HASH-MISMATCH", Assert.IsType<Decision<StudyEvent>.Rejected>(study.Decide(Retry)).Code);
    }
}
