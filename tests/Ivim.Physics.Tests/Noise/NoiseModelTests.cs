using Ivim.Physics.Noise;

namespace Ivim.Physics.Tests.Noise;

public sealed class NoiseModelTests
{
    private const int Draws = 200_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Rician_draws_have_the_mean_and_variance_of_theory(double signal)
    {
        const double sigma = 1;
        var model = new NoiseModel(NoiseKind.Rician, sigma, new RandomStream(11));
        var draws = Enumerable.Range(0, Draws).Select(i => model.Apply(signal, (ulong)i)).ToArray();
        double mean = draws.Average(), variance = draws.Average(m => (m - mean) * (m - mean));
        Assert.Equal(RicianMoments.Mean(signal, sigma), mean, 4 * sigma / Math.Sqrt(Draws));   // four standard errors
        Assert.Equal(RicianMoments.Variance(signal, sigma), variance, 4 * sigma * Math.Sqrt(2.0 / Draws));
    }

    [Fact]
    public void Gaussian_draws_scatter_around_the_signal()
    {
        var model = new NoiseModel(NoiseKind.Gaussian, 5, new RandomStream(12));
        var draws = Enumerable.Range(0, Draws).Select(i => model.Apply(100, (ulong)i)).ToArray();
        Assert.Equal(100, draws.Average(), 4 * 5 / Math.Sqrt(Draws));
        Assert.Equal(25, draws.Average(m => (m - 100) * (m - 100)), 4 * 25 * Math.Sqrt(2.0 / Draws));
    }

    [Fact]
    public void Without_noise_the_signal_is_untouched() =>
        Assert.Equal(12.5, new NoiseModel(NoiseKind.None, 3, new RandomStream(1)).Apply(12.5, 9));

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_sigma_that_is_none_is_refused(double sigma) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new NoiseModel(NoiseKind.Rician, sigma, new RandomStream(1)));

    [Fact]
    public void The_Rayleigh_limit_is_the_closed_form()
    {
        Assert.Equal(Math.Sqrt(Math.PI / 2), RicianMoments.Mean(0, 1), 1e-14);
        Assert.Equal(2 - Math.PI / 2, RicianMoments.Variance(0, 1), 1e-14);
    }

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(1e200, 1e-10)]
    public void At_high_signal_the_mean_is_the_signal(double signal, double sigma) =>
        Assert.Equal(1, RicianMoments.Mean(signal, sigma) / signal, 1e-6);   // A + σ²/2A

    [Fact]
    public void Without_noise_the_mean_is_the_signal() => Assert.Equal(7, RicianMoments.Mean(7, 0));
}
