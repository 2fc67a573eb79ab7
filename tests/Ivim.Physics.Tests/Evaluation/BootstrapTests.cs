using Ivim.Physics.Evaluation;

namespace Ivim.Physics.Tests.Evaluation;

public sealed class BootstrapTests
{
    [Fact]
    public void The_interval_of_a_mean_is_that_of_its_standard_error()
    {
        var noise = new RandomStream(64);
        double[] values = [.. Enumerable.Range(0, 400).Select(i => noise.Gaussian((ulong)i))];
        var interval = Bootstrap.Interval(
            values.Length, chosen => chosen.Average(i => values[i]), new RandomStream(65));
        double mean = values.Average();
        double error = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) / values.Length);
        Assert.Equal(mean, interval.Estimate, 1e-12);
        // 2.5 % of 2,000 draws: the percentile's own error is about 3 % of the width.
        Assert.Equal(mean - 1.96 * error, interval.Lower, 0.1 * 1.96 * error);
        Assert.Equal(mean + 1.96 * error, interval.Upper, 0.1 * 1.96 * error);
    }

    [Fact]
    public void What_two_series_share_is_not_in_a_paired_interval()
    {
        double[] first = [5, 9, 2, 7, 4], second = [.. first.Select(value => 2 * value)];
        var interval = Bootstrap.Interval(5, chosen => chosen.Sum(i => second[i]) / chosen.Sum(i => first[i]),
            new RandomStream(66));
        Assert.Equal(new BootstrapInterval(2, 2, 2), interval);
    }

    [Fact]
    public void One_observation_has_no_width() =>
        Assert.Equal(new BootstrapInterval(3, 3, 3), Bootstrap.Interval(1, _ => 3, new RandomStream(67)));
}
