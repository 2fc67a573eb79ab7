using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>Two results of one key: a person has to decide, and until then nothing goes on.</summary>
public sealed class DoubtTests
{
    private readonly WorkItem _item = Given.Submitted().Item(ItemName.Prepare);

    [Fact]
    public void A_study_that_failed_with_two_results_refuses_to_be_submitted_again()
    {
        var study = Given.Prepared().After(Other(_item));
        Assert.Equal("HASH-MISMATCH", study.Failure?.Code);
        var no = Assert.IsType<Decision<StudyEvent>.Rejected>(study.Decide(Given.Submit()));
        Assert.Equal("HASH-MISMATCH", no.Code);
        Assert.Contains("--seed", no.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_that_finds_another_stored_result_ends_the_study_as_if_it_had_reported_it()
    {
        Assert.Equal("HASH-MISMATCH", Given.Prepared().After(Conflict(_item)).Failure?.Code);
        Assert.Equal("HASH-MISMATCH", Given.Submitted().After(Conflict(_item)).Failure?.Code);
    }

    [Fact]
    public void A_conflict_of_a_key_that_nobody_wants_means_nothing() => Assert.Empty(
        Given.Prepared().Decide(Conflict(_item with { Key = new("another") })).Events());

    [Fact]
    public void After_the_maps_are_out_a_second_result_is_an_alarm_once_and_for_all()
    {
        var study = Given.Published();
        foreach (ItemReport report in new ItemReport[] { Other(_item), Other(_item), Conflict(_item) })
            study = study.After(report);
        Assert.Equal((StudyPhase.Published, _item.Name), (study.Phase, Assert.Single(study.Doubts).Item));
        Assert.Equal("HASH-MISMATCH", study.Quarantine?.Code);
        Assert.IsType<Decision<StudyEvent>.Rejected>(study.Decide(Given.Submit()));
        Assert.Empty(study.Decide(When.Finished(_item)).Events());
    }

    [Fact]
    public void An_aggregator_with_two_results_neither_publishes_again_nor_goes_on()
    {
        var merge = Given.Assembled().Item(ItemName.Merge(0));
        var failed = Given.Assembled().After(Other(merge));
        Assert.Empty(failed.Decide(new AggregateCommand.Reopen(Given.Study)).Events());
        var published = Given.PublishedMaps().After(Conflict(merge));
        Assert.Equal(StudyPhase.Published, published.Phase);
        Assert.Single(published.Doubts);
        Assert.Empty(published.Decide(new AggregateCommand.PublishAgain(Given.Study, 1)).Events());
    }

    [Fact]
    public void An_aggregator_that_is_opened_after_a_cancellation_tells_its_doubts()
    {
        var cancelled = Given.Assembled().After(new AggregateCommand.Cancel(Given.Study, 0))
            .After(Other(Given.Assembled().Item(ItemName.Merge(0))));
        var opened = cancelled.After(Given.Open() with { Reopenings = 1 });
        Assert.Equal((StudyPhase.Failed, "HASH-MISMATCH"), (opened.Phase, opened.Failure?.Code));
    }

    private static ItemReport.Finished Other(WorkItem item) => When.Finished(item, "other bits");

    private static ItemReport.Failed Conflict(WorkItem item) =>
        new(item.Study, item.Name, item.Key, "w-1", 1, Failures.HashMismatch(item.Name));
}
