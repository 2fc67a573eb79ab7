using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>An item that comes back is next, and goes to another process if there is one.</summary>
public sealed class ReturnedItemTests
{
    private readonly TimedQueue _queue = new();

    [Fact]
    public void An_item_whose_worker_fell_silent_is_given_out_before_those_that_nobody_has_tried()
    {
        var lost = _queue.Offer(0, 2, 4, 6).Pull("w0-0")!;
        _queue.After(31);
        Assert.Equal(lost.Item.Id, _queue.Pull("w2-0")!.Item.Id);
    }

    [Fact]
    public void An_item_that_hung_or_was_released_is_given_out_before_those_that_nobody_has_tried()
    {
        var released = _queue.Offer(0, 2, 4).Pull("w0-0")!;
        Release(released);
        Assert.Equal(released.Item.Id, _queue.Pull("w2-0")!.Item.Id);
    }

    [Fact]
    public void Items_that_come_back_keep_their_order_among_themselves()
    {
        _queue.Offer(0, 2, 4, 6);
        Lease[] leases = [_queue.Pull("w0-0")!, _queue.Pull("w2-0")!];
        Release(leases[1]);
        Release(leases[0]);
        Assert.Equal([0, 2, 4], new[] { "w4-0", "w6-0", "w8-0" }.Select(name => _queue.Pull(name)!.Item.Name.Member));
    }

    [Fact]
    public void An_item_that_its_owner_took_back_for_a_pause_has_its_old_place()
    {
        var held = _queue.Offer(0, 2, 4).Pull("w0-0")!;
        _queue.Settle(held).After(60).Offer(0);
        Assert.Equal(held.Item.Id, _queue.Pull("w2-0")!.Item.Id);
    }

    [Fact]
    public void A_study_that_was_withdrawn_queues_up_anew()
    {
        var held = _queue.Offer(0, 2).Pull("w0-0")!;
        _queue.Say(new QueueCommand.Withdraw(held.Item.Study)).Offer(2, 0);
        Assert.Equal(2, _queue.Pull("w2-0")!.Item.Name.Member);
    }

    [Fact]
    public void An_item_leaves_the_process_where_it_failed_to_another()
    {
        var failed = _queue.Offer(0, 2, 4).Pull("w0-0")!;
        Assert.Equal(2, _queue.Pull("w2-0")!.Item.Name.Member);
        Release(failed);
        Assert.Equal(4, _queue.Pull("w0-1")!.Item.Name.Member);
        Assert.Null(_queue.Pull("w0-0"));
        Assert.Equal(0, _queue.Pull("w4-0")!.Item.Name.Member);
    }

    [Fact]
    public void An_item_comes_back_to_the_process_where_it_failed_if_there_is_no_other()
    {
        var failed = _queue.Offer(0).Pull("w0-0")!;
        _queue.Pull("w1-0"); // another class
        Release(failed);
        Assert.Equal(0, _queue.Pull("w0-0")!.Item.Name.Member);
    }

    [Fact]
    public void An_item_does_not_wait_for_a_busy_worker_for_longer_than_the_lease_time()
    {
        _queue.Offer(0, 2);
        var (failed, busy) = (_queue.Pull("w0-0")!, _queue.Pull("w2-0")!);
        Release(failed);
        for (int second = 0; second < 30; second += 10)
        {
            Assert.Null(_queue.Pull("w0-0"));
            _queue.Renew(busy).After(10);
        }
        _queue.Renew(busy).After(1);
        Assert.Equal(0, _queue.Pull("w0-0")!.Item.Name.Member);
    }

    private void Release(Lease lease) =>
        _queue.Say(new QueueCommand.Release(lease.Worker, lease.Item.Id, lease.Epoch));
}
