using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>What no connected worker can run is told, and nothing else.</summary>
public sealed class UnfitTests
{
    private readonly TimedQueue _queue = new();

    [Fact]
    public void Items_of_a_class_that_nobody_has_are_told_after_a_moment_until_a_worker_of_it_comes()
    {
        _queue.Offer(0, 1, 3).Pull("w0-0");
        Assert.Empty(After(1).Unfit);
        var unfit = Assert.Single(After(15).Unfit);
        Assert.Equal(("cuda", "train/1"), (unfit.NumericClass, unfit.StageVersion));
        Assert.Equal(Given.QueueItem(0, 1).Study, Assert.Single(unfit.Studies));
        _queue.Pull("w1-0");
        Assert.Empty(After(1).Unfit);
    }

    [Fact]
    public void A_worker_of_another_version_does_not_fit()
    {
        _queue.Offer(0).Say(new QueueCommand.Pull(Given.Worker("w0-0") with { StageVersions = ["train/0"] }));
        _queue.After(1);
        Assert.Equal("train/1", Assert.Single(After(15).Unfit).StageVersion);
    }

    [Fact]
    public void Items_that_wait_for_a_busy_worker_are_not_unfit()
    {
        var busy = _queue.Offer(0, 2).Pull("w0-0")!;
        _queue.After(1).Renew(busy);
        Assert.Empty(After(20).Unfit);
    }

    [Fact]
    public void Nobody_is_unfit_whom_a_new_queue_only_knows_by_its_renewals()
    {
        var busy = _queue.Offer(0, 2).Pull("w0-0")!;
        _queue.Restart().Renew(busy).Offer(0, 2).After(1);
        var load = After(20);
        Assert.Empty(load.Unfit);
        Assert.Equal("cpu", Assert.Single(load.Workers).Worker.NumericClass);
        Assert.Empty(load.SeenClasses);
    }

    [Fact]
    public void A_class_that_was_seen_once_stays_known()
    {
        _queue.Pull("w1-0");
        Assert.Equal("cuda", Assert.Single(After(500).SeenClasses));
        Assert.Empty(After(1).Workers);
    }

    private QueueLoad After(double seconds) => _queue.After(seconds).State.Load(_queue.Now);
}
