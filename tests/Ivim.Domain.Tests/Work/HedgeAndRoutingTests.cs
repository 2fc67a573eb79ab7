using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>Which worker gets what, and who may try an item a second time.</summary>
public sealed class HedgeAndRoutingTests
{
    private readonly TimedQueue _queue = new();

    [Fact]
    public void An_item_that_gets_nowhere_goes_to_a_second_process_and_the_first_result_wins()
    {
        var first = Stalled();
        Assert.Null(_queue.Pull("w0-1"));
        var second = _queue.Pull("w2-0")!;
        Assert.Equal((first.Item.Id, true), (second.Item.Id, second.IsHedge));
        var lost = _queue.Settle(second).Outcomes.OfType<QueueOutcome.Lost>().Select(outcome => outcome.Lease.Worker);
        Assert.Equal(["w0-0", "w2-0"], lost);
        Assert.Empty(_queue.State.Leases.Concat(_queue.State.Hedges));
    }

    [Fact]
    public void The_second_worker_keeps_the_item_when_the_first_falls_silent_and_there_is_no_third()
    {
        var first = Stalled();
        var second = _queue.Pull("w2-0")!;
        Assert.Null(_queue.Pull("w4-0"));
        _queue.After(25).Renew(second).After(10);
        Assert.Equal(first.Epoch, Assert.Single(_queue.Outcomes.OfType<QueueOutcome.Expired>()).Lease.Epoch);
        Assert.Equal("w2-0", _queue.State.Leases[first.Item.Id].Worker);
    }

    [Fact]
    public void An_item_that_needs_more_than_twice_the_usual_time_still_is_tried_by_another_worker_too()
    {
        _queue.Offer(0, 2, 4, 6);
        var slow = _queue.Pull("w0-0")!;
        for (int quick = 0; quick < QueueRules.LeastDurations; quick++)
        {
            var lease = _queue.Pull("w2-0")!;
            _queue.Renew(slow, 0).After(8).Renew(slow, 0.01 * (quick + 1)).Settle(lease);
        }
        Assert.Equal(slow.Item.Id, _queue.Pull("w4-0")!.Item.Id);
    }

    [Fact]
    public void An_item_at_the_usual_pace_is_left_alone()
    {
        _queue.Offer(0, 2, 4, 6);
        var usual = _queue.Pull("w0-0")!;
        for (int quick = 0; quick < QueueRules.LeastDurations; quick++)
        {
            var lease = _queue.Pull("w2-0")!;
            _queue.Renew(usual, 0.2 * quick).After(8).Renew(usual, 0.2 * (quick + 1)).Settle(lease);
        }
        Assert.Null(_queue.Pull("w4-0"));
    }

    [Fact]
    public void An_item_that_has_not_run_for_the_usual_time_yet_is_not_late()
    {
        _queue.Offer(0, 2, 4);
        for (int usual = 0; usual < QueueRules.LeastDurations; usual++)
        {
            var lease = _queue.Pull("w2-0")!;
            _queue.Renew(lease, 0).After(8).Settle(lease);
        }
        var young = _queue.Offer(6).Pull("w0-0")!;
        _queue.Renew(young, 0).After(3).Renew(young, 0.05);
        Assert.Null(_queue.Pull("w4-0"));
    }

    [Fact]
    public void A_result_that_was_in_the_store_does_not_tell_how_long_a_training_takes()
    {
        var slow = _queue.Offer(0, 2, 4, 6).Pull("w0-0")!;
        for (int stored = 0; stored < QueueRules.LeastDurations; stored++)
        {
            var lease = _queue.Pull("w2-0")!;
            _queue.After(0.1).Settle(lease);
        }
        _queue.Renew(slow, 0).After(8).Renew(slow, 0.1);
        Assert.Null(_queue.Pull("w4-0"));
    }

    [Fact]
    public void A_lease_that_was_adopted_does_not_tell_how_long_a_training_takes()
    {
        _queue.Offer(2, 4, 6);
        Lease[] leases = [_queue.Pull("w2-0")!, _queue.Pull("w4-0")!, _queue.Pull("w6-0")!];
        _queue.After(8).Restart().Offer(2, 4, 6);
        foreach (var lease in leases) _queue.Renew(lease, 1);
        _queue.After(2);
        foreach (var lease in leases) _queue.Settle(lease);
        var slow = _queue.Offer(0).Pull("w0-0")!;
        _queue.Renew(slow, 0).After(8).Renew(slow, 0.1);
        Assert.Null(_queue.Pull("w8-0"));
    }

    [Fact]
    public void An_item_that_hangs_is_taken_from_its_worker_for_good()
    {
        var lease = Stalled();
        var hung = new List<QueueOutcome>();
        for (int renewal = 0; renewal < 40 && hung.Count == 0; renewal++)
            hung.AddRange(_queue.Renew(lease).After(20).Outcomes);
        Assert.IsType<QueueOutcome.Hung>(Assert.Single(hung));
        Assert.IsType<QueueOutcome.Refused>(Assert.Single(_queue.Renew(lease).Outcomes));
        Assert.Single(_queue.State.Ready);
    }

    [Fact]
    public void After_a_lack_of_memory_an_item_goes_to_the_largest_worker_and_to_none_smaller()
    {
        var lease = _queue.Offer(0).Pull("w0-0", memory: 4)!;
        _queue.Say(new QueueCommand.Release("w0-0", lease.Item.Id, lease.Epoch, OutOfMemory: true));
        Assert.Null(_queue.Pull("w2-0", memory: 3));
        Assert.Equal(lease.Item.Id, _queue.Pull("w4-0", memory: 8)!.Item.Id);
    }

    [Fact]
    public void A_worker_that_died_with_its_memory_full_shows_what_its_item_needs()
    {
        var lease = _queue.Offer(0).Pull("w0-0", memory: 4)!;
        _queue.Renew(lease, 0.5, memoryShare: 0.95).After(31);
        Assert.Null(_queue.Pull("w2-0", memory: 3));
        Assert.NotNull(_queue.Pull("w4-0", memory: 4));
    }

    [Fact]
    public void A_worker_of_another_version_gets_nothing()
    {
        _queue.Offer(0);
        var old = Given.Worker("w0-0") with { StageVersions = ["train/0"] };
        Assert.Empty(_queue.Say(new QueueCommand.Pull(old)).Outcomes);
    }

    [Fact]
    public void A_worker_that_waited_and_fell_silent_gets_nothing()
    {
        Assert.Null(_queue.Pull("w0-0"));
        Assert.Empty(_queue.After(16).Offer(0).Outcomes);
    }

    [Fact]
    public void Load_tells_who_works_on_what()
    {
        _queue.Offer(0, 2).Renew(_queue.Pull("w0-0")!, 0.25);
        _queue.Pull("w1-0");
        var load = _queue.After(2).State.Load(_queue.Now);
        Assert.Equal((1, 1, 1), (load.Ready, load.Leased, load.WaitingWorkers));
        Assert.Equal([("w0-0", 0.25, 2), ("w1-0", 0, 2)], load.Workers.Select(worker =>
            (worker.Worker.Name, worker.Fraction, (int)worker.SinceHeard.TotalSeconds)));
        Assert.Empty(_queue.After(90).State.Load(_queue.Now).Workers);
    }

    /// <summary>One item, renewed for longer than the stall time without any progress.</summary>
    private Lease Stalled()
    {
        var lease = _queue.Offer(0).Pull("w0-0")!;
        for (int second = 0; second <= 120; second += 20) _queue.Renew(lease).After(20);
        _queue.Renew(lease);
        return lease;
    }
}
