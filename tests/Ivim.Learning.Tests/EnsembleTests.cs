using Ivim.Physics;

namespace Ivim.Learning.Tests;

public class EnsembleTests
{
    private static readonly float[] Ramp = [.. Enumerable.Range(1, 50).Select(i => i / 60f)];

    [Fact]
    public void The_median_of_three_is_the_middle_one_and_of_four_the_mean_of_two()
    {
        Assert.Equal(Scaled(1.0f).D, Merge([Member(1.0f), Member(0.5f), Member(1.5f)]).Center.D);
        var four = Merge([Member(1.0f), Member(0.5f), Member(1.5f), Member(1.2f)]);
        Assert.Equal(1.1 * Scaled(1).D[7], four.Center.D[7], 1e-9);
    }

    [Fact]
    public void The_lowest_loss_alone_can_be_chosen()
    {
        MemberMaps[] members = [Member(1.0f) with { Loss = 1.1 }, Member(0.5f) with { Loss = 1 },
            Member(1.5f) with { Loss = double.NaN }];
        var merged = Merge(members, new EnsembleRecipe { Merge = MergeRule.LowestLoss });
        Assert.Equal([1], merged.Used);
        Assert.Equal(members[1].Maps.D, merged.Center.D);
        Assert.Equal(1, merged.DroppedForLoss);     // the one that is not finite
        Assert.All(merged.Spread.F, value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void The_spread_is_the_sample_standard_deviation()
    {
        var merged = Merge([Member(0.8f), Member(1.0f), Member(1.2f)], new EnsembleRecipe { Merge = MergeRule.Mean });
        double f = Scaled(1).F[9];
        Assert.Equal(0.2 * f, merged.Spread.F[9], 1e-7);     // of 0.8, 1, 1.2 times f, divisor n - 1
        Assert.Equal(f, merged.Center.F[9], 1e-7);
    }

    [Fact]
    public void One_member_is_itself_and_has_no_spread()
    {
        var merged = Merge([Member(1)]);
        Assert.Equal(Scaled(1).DStar, merged.Center.DStar);
        Assert.All(merged.Spread.DStar, value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void A_member_with_a_high_loss_is_left_out_and_counted()
    {
        var merged = Merge([Member(1, 1.0), Member(1.4f, 1.21), Member(1, 1.19)]);
        Assert.Equal([0, 2], merged.Used);
        Assert.Equal((1, 0), (merged.DroppedForLoss, merged.DroppedAsDead));
    }

    [Fact]
    public void A_diverged_member_is_left_out()
    {
        Assert.Equal([1], Merge([Member(1, double.NaN), Member(1), Member(1, double.PositiveInfinity)]).Used);
        Assert.Equal([0], Merge([Member(1, double.NaN)]).Used);
    }

    [Fact]
    public void A_constant_map_is_dead_unless_all_are()
    {
        var dead = Member(1) with { Maps = Scaled(1) with { DStar = [.. Enumerable.Repeat(0.03f, 50)] } };
        Assert.Equal([1, 2], Merge([dead, Member(1), Member(1.1f)]).Used);
        Assert.Equal(1, Merge([dead, Member(1), Member(1.1f)]).DroppedAsDead);
        Assert.Equal([0, 1], Merge([dead, dead]).Used);
    }

    [Fact]
    public void A_map_at_its_bound_is_dead()
    {
        float[] atBound = [.. Ramp.Select((value, i) => i < 15 ? 0.2f : 0.2f * value)];
        var dead = Member(1) with { Maps = Scaled(1) with { DStar = atBound } };
        Assert.Equal([1], Merge([dead, Member(1)]).Used);
    }

    [Fact]
    public void The_order_of_members_changes_no_bit()
    {
        MemberMaps[] members = [Member(0.7f), Member(1.01f), Member(1.3f), Member(0.93f), Member(1.17f)];
        foreach (var rule in new[] { MergeRule.Mean, MergeRule.Median })
        {
            var forward = Merge(members, new EnsembleRecipe { Merge = rule });
            var backward = Merge([.. members.Reverse()], new EnsembleRecipe { Merge = rule });
            Assert.Equal(forward.Center.DStar, backward.Center.DStar);
            Assert.Equal(forward.Spread.DStar, backward.Spread.DStar);
        }
    }

    [Fact]
    public void Nothing_and_different_lengths_are_refused()
    {
        Assert.Equal("ENSEMBLE-EMPTY", Assert.Throws<RefusalException>(() => Merge([])).Code);
        var other = new MemberMaps(ParameterMaps.OfVoxels(3), 1);
        Assert.Equal("ENSEMBLE-LENGTH", Assert.Throws<RefusalException>(() => Merge([Member(1), other])).Code);
    }

    private static MergedMaps Merge(MemberMaps[] members, EnsembleRecipe? recipe = null) =>
        Ensemble.Merge(members, ParameterBounds.Default, recipe ?? new EnsembleRecipe());

    private static MemberMaps Member(float scale, double loss = 1) => new(Scaled(scale), loss);

    private static ParameterMaps Scaled(float scale) => new(
        [.. Ramp.Select(value => 0.003f * value * scale)], [.. Ramp.Select(value => 0.4f * value * scale)],
        [.. Ramp.Select(value => 0.01f + 0.1f * value * scale)], [.. Ramp.Select(_ => 1f)],
        [.. Ramp.Select(_ => 0.01f)]);
}
