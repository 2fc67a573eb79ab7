using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>Evidence before blame: which losses of workers make an item suspect.</summary>
public sealed class QuarantineTests
{
    private readonly WorkItem _item = Given.Submitted().Item(ItemName.Prepare);
    private StudyState _study = Given.Submitted();
    private long _epoch;

    [Fact]
    public void An_item_that_crashes_two_different_workers_is_quarantined()
    {
        Hear("n1-0", Failures.WorkerCrashed(_item.Name, 0.1));
        Assert.Equal(StudyPhase.Running, _study.Phase);
        Hear("n2-0", Failures.WorkerCrashed(_item.Name, 0.6));
        Assert.Equal((StudyPhase.Failed, "ITEM-CRASHES-WORKERS"), (_study.Phase, _study.Failure?.Code));
        Assert.Contains("prepare", _study.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_worker_alone_crashes_more_often_before_the_item_is_blamed()
    {
        for (int crash = 1; crash < ItemLedger.MaximumCrashes; crash++)
            Hear("w-1", Failures.WorkerCrashed(_item.Name, 0));
        Assert.Equal(StudyPhase.Running, _study.Phase);
        Hear("w-1", Failures.WorkerCrashed(_item.Name, 0));
        Assert.Equal(StudyPhase.Failed, _study.Phase);
    }

    [Fact]
    public void A_storm_that_kills_a_hundred_workers_blames_no_item_that_gets_further()
    {
        for (int kill = 0; kill < 100; kill++) Hear($"w-{kill}", Failures.WorkerLost(_item.Name, kill / 3 * 0.01));
        Assert.Equal(StudyPhase.Running, _study.Phase);
    }

    [Fact]
    public void An_item_that_loses_five_workers_and_gets_no_further_is_quarantined()
    {
        double[] fractions = [0.1, 0.3, 0.2, 0.3, 0.1, 0.3];
        foreach (double fraction in fractions)
        {
            Assert.Equal(StudyPhase.Running, _study.Phase);
            Hear("w-1", Failures.WorkerLost(_item.Name, fraction));
        }
        Assert.Equal((StudyPhase.Failed, "ITEM-LOSES-WORKERS"), (_study.Phase, _study.Failure?.Code));
    }

    [Fact]
    public void Losses_crashes_and_lack_of_memory_are_counted_apart()
    {
        Hear("w-1", Failures.WorkerCrashed(_item.Name, 0));
        Hear("w-2", Failures.OutOfMemory(_item.Name, 0));
        for (int loss = 1; loss < ItemLedger.MaximumLostWorkers; loss++)
            Hear("w-3", Failures.WorkerLost(_item.Name, 0));
        Assert.Equal(StudyPhase.Running, _study.Phase);
        Hear("w-2", Failures.OutOfMemory(_item.Name, 0));
        Assert.Equal("OUT-OF-MEMORY", _study.Failure?.Code);
    }

    [Fact]
    public void The_death_of_a_worker_whose_result_counts_already_means_nothing()
    {
        var done = Given.Prepared();
        Assert.Empty(done.Decide(Report("w-1", Failures.WorkerCrashed(_item.Name, 0))).Events());
    }

    [Fact]
    public void A_mismatch_ends_the_aggregators_study_too()
    {
        var maps = Given.Assembled();
        var fact = Assert.Single(maps.Decide(When.Finished(maps.Item(ItemName.Merge(0)), "other bits")).Events());
        Assert.Equal("HASH-MISMATCH", Assert.IsType<AggregateEvent.Failed>(fact).Failure.Code);
    }

    [Fact]
    public void Without_a_safeguard_the_same_result_would_count_again_or_a_mismatch_pass()
    {
        var report = When.Finished(_item);
        var unguarded = _study.With(new Safeguards { FirstResultWins = false }).After(report);
        Assert.Single(unguarded.Decide(report).Events());
        var trusting = _study.With(new Safeguards { HashCheck = false }).After(report);
        Assert.Equal(ResultVerdict.Known, trusting.Judge(When.Finished(_item, "other bits")));
    }

    private void Hear(string worker, WorkFailure failure) => _study = _study.After(Report(worker, failure));

    private ItemReport.Failed Report(string worker, WorkFailure failure) =>
        new(_item.Study, _item.Name, _item.Key, worker, ++_epoch, failure);
}
