using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Studies;

public sealed class CancelTests
{
    private static readonly StudyCommand.Cancel Cancel = new(Given.Study, Given.Noon);

    [Fact]
    public void A_cancelled_study_wants_nothing_and_counts_nothing()
    {
        var study = Given.Prepared();
        var item = StudyPlan.Ready(study).First();
        study = study.After(Cancel);
        Assert.Equal(StudyPhase.Cancelled, study.Phase);
        Assert.Empty(StudyPlan.Ready(study));
        Assert.Equal(ResultVerdict.Stale, study.Judge(When.Finished(item)));
        Assert.Empty(study.Decide(When.Finished(item)).Events());
        Assert.Empty(study.Decide(Cancel).Events());
    }

    [Fact]
    public void A_submission_sets_a_cancelled_study_going_where_it_stood()
    {
        var study = Given.Prepared().After(Cancel).After(Given.Submit());
        Assert.Equal((StudyPhase.Running, 1), (study.Phase, study.Reopenings));
        Assert.True(study.Ledger.Results.ContainsKey(ItemName.Prepare));
    }

    [Fact]
    public void What_is_published_or_failed_cannot_be_cancelled()
    {
        Assert.Empty(Given.Published().Decide(Cancel).Events());
        Assert.Empty(Given.PublishedMaps().Decide(new AggregateCommand.Cancel(Given.Study, 0)).Events());
    }

    [Fact]
    public void Only_a_later_life_of_the_study_opens_a_cancelled_aggregator_again()
    {
        var maps = Given.ReadyToMerge().After(new AggregateCommand.Cancel(Given.Study, 0));
        Assert.Empty(AggregatePlan.Ready(maps));
        Assert.Empty(maps.Decide(Given.Open()).Events());
        maps = maps.After(Given.Open() with { Reopenings = 1 });
        Assert.Equal(StudyPhase.Running, maps.Phase);
        Assert.Empty(maps.Decide(new AggregateCommand.Cancel(Given.Study, 0)).Events());
        Assert.Single(maps.Decide(new AggregateCommand.Cancel(Given.Study, 1)).Events());
    }
}
