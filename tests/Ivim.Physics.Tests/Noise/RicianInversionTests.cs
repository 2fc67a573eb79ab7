using CsCheck;
using Ivim.Physics.Noise;

namespace Ivim.Physics.Tests.Noise;

public sealed class RicianInversionTests
{
    /// <summary>Means of scipy 1.10.1, <c>scipy.stats.rice(a).mean()</c> and <c>.var()</c>.</summary>
    public static TheoryData<double, double, double> Scipy => new()
    {
        { 0.1, 1.2564454659860949, 0.4313447910029853 },
        { 0.5, 1.3304473406107031, 0.47990987386190764 },
        { 1, 1.5485724605511455, 0.6019233344225707 },
        { 1.5, 1.874935749405616, 0.7346159356008011 },
        { 2, 2.2723834280687423, 0.8362735558385506 },
        { 3, 3.172577287900718, 0.9347533522965268 },
        { 5, 5.101069639492126, 0.9790885330516765 },
        { 8, 8.062750166082912, 0.992059759329976 },
        { 12, 12.041739775086727, 0.9965031890942555 },
        { 15.5, 15.532291844060685, 0.9979100709259114 },
    };

    [Theory]
    [MemberData(nameof(Scipy))]
    public void The_mean_leads_back_to_the_signal(double theta, double mean, double variance)
    {
        const double Sigma = 7;
        Assert.Equal(mean, RicianMoments.Mean(theta, 1), 1e-12 * mean);
        // The slope of θ over the mean grows like 1/θ towards the floor: 1e-9 in θ².
        Assert.Equal(theta, RicianInversion.SignalOfMean(mean * Sigma, Sigma) / Sigma, 1e-9 / Math.Min(theta, 1));
        // Scipy's variance is a difference of squares.
        Assert.Equal(variance, KoayBasser.VarianceFactor(theta), 1e-14 * mean * mean + 1e-12);
    }

    [Theory]
    [MemberData(nameof(Scipy))]
    public void Koay_and_Basser_find_signal_and_noise_from_two_moments(double theta, double mean, double variance)
    {
        const double Sigma = 3;
        var (signal, sigma) = KoayBasser.Solve(mean * Sigma, Math.Sqrt(variance) * Sigma);
        // Near the floor r changes with θ⁴ only, so the rounding of the given moments is magnified.
        double tolerance = theta < 0.5 ? 1e-3 : 1e-8;
        Assert.Equal(theta, signal / sigma, tolerance);
        Assert.Equal(1, sigma / Sigma, tolerance);
    }

    [Fact]
    public void The_inversion_undoes_the_mean_for_any_signal() =>
        Gen.Select(Gen.Double[0.01, 60], Gen.Double[0.1, 50]).Sample((theta, sigma) =>
            Assert.Equal(theta, RicianInversion.SignalOfMean(RicianMoments.Mean(theta * sigma, sigma), sigma) / sigma,
                // Beyond the table three terms of a series: 1e-7 of θ.
                theta > 15 ? 1e-6 : 1e-8 / Math.Min(1, theta)));

    [Fact]
    public void Sigma_is_found_from_the_mean_variance_of_several_signals() =>
        Gen.Select(Gen.Double[0, 3].Array[1, 12], Gen.Double[0.1, 50]).Sample((thetas, sigma) =>
        {
            double[] means = [.. thetas.Select(theta => RicianMoments.Mean(theta * sigma, sigma))];
            double variance = thetas.Average(theta => RicianMoments.Variance(theta * sigma, sigma));
            // Without any signal, σ and the signal are one unknown too many: flat to the fourth order.
            double tolerance = thetas.Max() < 1 ? 0.02 : 1e-5;
            Assert.Equal(1, RicianInversion.SigmaOfVariance(variance, means) / sigma, tolerance);
        });

    [Fact]
    public void At_and_below_the_floor_there_is_no_signal()
    {
        Assert.Equal(0, RicianInversion.SignalOfMean(RicianMoments.Floor * 2, 2));
        Assert.Equal(0, RicianInversion.SignalOfMean(-5, 2));
        Assert.Equal(0, RicianInversion.SignalOfMean(-5, 0));
        Assert.Equal(5, RicianInversion.SignalOfMean(5, 0));
        Assert.True(double.IsNaN(RicianInversion.SignalOfMean(double.NaN, 1)));
        var (signal, sigma) = KoayBasser.Solve(1.5, 1);
        Assert.Equal(0, signal);
        Assert.Equal(1 / Math.Sqrt(2 - Math.PI / 2), sigma, 1e-12);
    }

    [Fact]
    public void Just_above_the_floor_the_fixed_point_is_still_found()
    {
        const double Theta = 0.2;
        double ratio = RicianMoments.Mean(Theta, 1) / Math.Sqrt(RicianMoments.Variance(Theta, 1));
        var (signal, sigma) = KoayBasser.Solve(ratio, 1);
        Assert.Equal(Theta, signal / sigma, 1e-3);
    }

    [Fact]
    public void The_approximate_mean_is_within_a_percent_from_a_ratio_of_2_on()
    {
        for (double theta = 2; theta < 30; theta += 0.25)
        {
            double mean = RicianMoments.Mean(theta, 1);
            Assert.InRange(RicianMoments.ApproximateMean(theta, 1) / mean, 0.98, 1.01);
        }
    }
}
