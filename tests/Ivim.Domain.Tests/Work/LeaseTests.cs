using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>How leases end, live on and come to life again.</summary>
public sealed class LeaseTests
{
    private readonly TimedQueue _queue = new();

    [Fact]
    public void Items_are_given_out_in_the_order_in_which_they_were_offered()
    {
        _queue.Offer(4, 0, 2);
        Assert.Equal([4, 0, 2], new[] { "w0-0", "w0-1", "w0-2" }.Select(name => _queue.Pull(name)!.Item.Name.Member));
    }

    [Fact]
    public void A_renewal_moves_the_deadline_and_the_fraction()
    {
        var lease = _queue.Offer(0).Pull("w0-0")!;
        _queue.After(20).Renew(lease, 0.5);
        var renewed = _queue.State.Leases[lease.Item.Id];
        Assert.Equal((TimeSpan.FromSeconds(50), 0.5), (renewed.Deadline, renewed.Fraction));
        Assert.Empty(_queue.After(29).Outcomes);
    }

    [Fact]
    public void A_worker_that_wakes_up_in_time_takes_its_expired_lease_back()
    {
        var lease = _queue.Offer(0).Pull("w0-0")!;
        _queue.After(31);
        Assert.False(Assert.IsType<QueueOutcome.Expired>(Assert.Single(_queue.Outcomes)).IsShared);
        Assert.Single(_queue.State.Ready);
        _queue.Renew(lease);
        Assert.Equal(lease.Epoch, Assert.IsType<QueueOutcome.Adopted>(Assert.Single(_queue.Outcomes)).Lease.Epoch);
        Assert.Empty(_queue.State.Ready);
    }

    [Fact]
    public void A_worker_that_wakes_up_too_late_is_refused()
    {
        var lease = _queue.Offer(0).Pull("w0-0")!;
        _queue.After(31);
        var next = _queue.Pull("w2-0")!;
        Assert.True(next.Epoch > lease.Epoch);
        Assert.IsType<QueueOutcome.Refused>(Assert.Single(_queue.Renew(lease).Outcomes));
        Assert.Equal("w2-0", _queue.State.Leases[lease.Item.Id].Worker);
    }

    [Fact]
    public void A_renewal_of_a_settled_or_withdrawn_item_is_refused()
    {
        var settled = _queue.Offer(0, 2).Pull("w0-0")!;
        var withdrawn = _queue.Pull("w2-0")!;
        Assert.Single(_queue.Settle(settled).Outcomes.OfType<QueueOutcome.Lost>());
        Assert.IsType<QueueOutcome.Refused>(Assert.Single(_queue.Renew(settled).Outcomes));
        _queue.Say(new QueueCommand.Withdraw(withdrawn.Item.Study));
        Assert.Equal("w2-0", Assert.Single(_queue.Outcomes.OfType<QueueOutcome.Lost>()).Lease.Worker);
        Assert.IsType<QueueOutcome.Refused>(Assert.Single(_queue.Renew(withdrawn).Outcomes));
    }

    [Fact]
    public void A_new_queue_takes_over_what_workers_hold_as_soon_as_it_is_offered()
    {
        var lease = _queue.Offer(0).Pull("w0-0")!;
        Assert.Empty(_queue.Restart().Renew(lease).Outcomes);
        Assert.IsType<QueueOutcome.Adopted>(Assert.Single(_queue.Offer(0).Outcomes));
        Assert.Null(_queue.Pull("w2-0"));
        Assert.True(_queue.State.NextEpoch > lease.Epoch);
    }

    [Fact]
    public void A_claim_of_another_key_or_of_a_silent_worker_is_void()
    {
        var lease = _queue.Offer(0).Pull("w0-0")!;
        var changed = Given.QueueItem(0, 0) with { Key = new ContentKey("changed") };
        _queue.Restart().Renew(lease).Say(new QueueCommand.Offer(changed));
        Assert.Single(_queue.State.Ready);
        _queue.Restart().Renew(lease).After(31).Offer(0);
        Assert.Single(_queue.State.Ready);
    }

    [Fact]
    public void Nobody_works_for_ever_on_what_nobody_offers()
    {
        var lease = _queue.Offer(0).Pull("w0-0")!;
        _queue.Restart();
        for (int second = 0; second <= 120; second += 20) Assert.Empty(_queue.After(20).Renew(lease).Outcomes);
        Assert.IsType<QueueOutcome.Refused>(Assert.Single(_queue.After(20).Renew(lease).Outcomes));
    }

    [Fact]
    public void A_question_that_crosses_its_lease_is_answered_with_the_same_lease()
    {
        var lease = _queue.Offer(0).Pull("w0-0")!;
        Assert.Equal(lease, _queue.After(1).Pull("w0-0"));
        _queue.Renew(lease);
        Assert.True(_queue.After(1).Pull("w0-0")!.Epoch > lease.Epoch);
    }

    [Fact]
    public void An_item_whose_key_has_changed_is_taken_from_its_worker()
    {
        var lease = _queue.Offer(0).Pull("w0-0")!;
        _queue.Say(new QueueCommand.Offer(Given.QueueItem(0, 0) with { Key = new ContentKey("changed") }));
        Assert.Equal(lease, Assert.Single(_queue.Outcomes.OfType<QueueOutcome.Lost>()).Lease);
        Assert.Equal("changed", Assert.Single(_queue.State.Ready.Values).Key.Hex);
        Assert.IsType<QueueOutcome.Refused>(Assert.Single(_queue.Renew(lease).Outcomes));
    }

    [Fact]
    public void When_a_process_dies_with_two_items_neither_is_blamed_alone()
    {
        _queue.Offer(0, 2).Pull("w0-0");
        _queue.After(1).Pull("w0-1");
        Assert.All([.. _queue.After(29.5).Outcomes, .. _queue.After(1).Outcomes],
            outcome => Assert.True(Assert.IsType<QueueOutcome.Expired>(outcome).IsShared));
    }

    [Fact]
    public void Without_fencing_a_late_word_would_count()
    {
        var lease = _queue.Offer(0).Pull("w0-0")!;
        var next = _queue.After(31).Pull("w2-0")!;
        var open = _queue.State with { Safeguards = new Safeguards { Fencing = false } };
        var turn = open.Handle(new QueueCommand.Release("w0-0", lease.Item.Id, lease.Epoch), _queue.Now);
        Assert.Equal(next, Assert.IsType<QueueOutcome.Released>(Assert.Single(turn.Outcomes)).Lease);
    }
}
