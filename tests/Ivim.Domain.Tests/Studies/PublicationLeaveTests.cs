using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Studies;

/// <summary>Nothing is published before the study has allowed it, on disk.</summary>
public sealed class PublicationLeaveTests
{
    private static readonly StudyCommand.AllowPublication Ask = new(Given.Study, 1, 0);

    private static readonly StudyCommand.Cancel Cancel = new(Given.Study, Given.Noon);

    [Fact]
    public void A_running_study_allows_a_publication_and_remembers_it()
    {
        var study = Given.Trained().After(Ask);
        Assert.Equal(1, study.AllowedRound);
        Assert.Empty(study.Decide(Ask).Events());
        Assert.Single(study.Decide(Ask with { Round = 2 }).Events());
        Assert.Single(study.Decide(Ask with { Reopenings = 1 }).Events());
    }

    [Fact]
    public void A_cancelled_study_allows_none_until_it_is_submitted_again()
    {
        var study = Given.Trained().After(Ask).After(Cancel);
        Assert.IsType<Decision<StudyEvent>.Rejected>(study.Decide(Ask));
        Assert.Single(study.After(Given.Submit()).Decide(Ask).Events());
    }

    [Fact]
    public void A_study_with_two_results_of_one_key_allows_none()
    {
        var study = Given.Trained().After(When.Finished(Given.Submitted().Item(ItemName.Prepare), "other bits"));
        Assert.Equal("HASH-MISMATCH", Assert.IsType<Decision<StudyEvent>.Rejected>(study.Decide(Ask)).Code);
    }

    [Fact]
    public void A_published_study_allows_that_its_files_are_brought_again() =>
        Assert.Single(Given.Published().Decide(Ask with { Round = 2 }).Events());
}
