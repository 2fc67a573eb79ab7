using Ivim.Physics.Evaluation;

namespace Ivim.Physics.Tests.Evaluation;

public sealed class IntervalCoverageTests
{
    [Fact]
    public void Normal_errors_of_the_stated_size_are_covered_nine_times_in_ten()
    {
        var noise = new RandomStream(68);
        float[] deviation = [.. Enumerable.Range(0, 20_000).Select(i => 1 + i % 7)];
        float[] estimate = [.. deviation.Select((sigma, i) => (float)(sigma * noise.Gaussian((ulong)i)))];
        bool[] all = [.. deviation.Select(_ => true)];
        double covered = IntervalCoverage.OfNinetyPercent(estimate, deviation, new float[estimate.Length], all)!.Value;
        // A share of 20,000: standard error .002, four of them.
        Assert.Equal(0.9, covered, 0.0085);
    }

    [Fact]
    public void Without_a_voxel_there_is_no_share() =>
        Assert.Null(IntervalCoverage.OfNinetyPercent([1f], [1f], [1f], [false]));

    [Fact]
    public void Maps_of_two_seeds_spread_by_their_deviation_over_their_mean() =>
        // Means 2 and 4, deviations √2 and 0: their sum over the sum of the means.
        Assert.Equal(Math.Sqrt(2) / 6, SeedSpread.Of([[1f, 4f], [3f, 4f]]), 1e-12);
}
