using Ivim.Hosting.Membership;

namespace Ivim.Hosting.Tests.Membership;

/// <summary>Ten seconds of stable-after; the numbers are seconds.</summary>
public sealed class PatienceTests
{
    private readonly Patience _patience = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void A_change_of_the_seeds_starts_the_wait_anew()
    {
        Assert.False(Settled(0, "A B-"));
        Assert.False(Settled(9, "A B-"));
        Assert.True(Settled(10, "A B-"));
        Assert.False(Settled(11, "A B- C"));
        Assert.True(Settled(21, "A B- C"));
    }

    [Fact]
    public void Workers_that_come_and_go_do_not_hold_up_the_decision_about_a_seed()
    {
        for (int second = 0; second < 10; second++)
            Assert.False(Settled(second, second % 2 == 0 ? "A B- w" : "A B- x-"));
        Assert.True(Settled(10, "A B- y-"));
        Assert.Equal(Absence.Lasting, At(10, "B"));
        Assert.Equal(Absence.Brief, At(10, "y"));
    }

    [Fact]
    public void A_seed_that_flaps_is_given_up_after_three_times_the_wait_and_only_while_it_is_away()
    {
        for (int second = 0; second < 30; second++)
        {
            Assert.False(Settled(second, second % 2 == 0 ? "A B-" : "A B"));
            Assert.Equal(Absence.Brief, At(second, "B"));
        }
        Assert.True(Settled(30, "A B-"));
        Assert.Equal(Absence.Endless, At(30, "B"));
        Assert.False(Settled(31, "A B"));
        Assert.Equal(Absence.Brief, At(31, "B"));
    }

    [Fact]
    public void A_seed_that_came_back_for_good_is_forgiven()
    {
        Settled(0, "A B-");
        for (int second = 1; second < 40; second++) Settled(second, "A B");
        Assert.False(Settled(40, "A B-"));
        Assert.Equal(Absence.Brief, At(45, "B"));
    }

    [Fact]
    public void What_was_heard_counts_until_the_next_gossip_has_gone_round()
    {
        Observe(0, "C A~ B~");
        Assert.All(Observe(9, "C A- B-").Nodes.Skip(1), node => Assert.True(node.IsHeard));
        Assert.All(Observe(10, "C A- B-").Nodes.Skip(1), node => Assert.False(node.IsHeard));
    }

    private bool Settled(int second, string view) =>
        _patience.IsSettled(TimeSpan.FromSeconds(second), Observe(second, view));

    private SeedView Observe(int second, string view) =>
        _patience.Observe(TimeSpan.FromSeconds(second), SeedQuorumTests.View(view));

    private Absence At(int second, string node) => _patience.AbsenceOf(TimeSpan.FromSeconds(second), node);
}
