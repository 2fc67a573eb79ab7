using Ivim.Physics.Noise;
using Ivim.Physics.Numerics;

namespace Ivim.Physics.Tests.Noise;

public sealed class MarchenkoPasturTests
{
    [Theory]
    [InlineData(12, 75, 0)]
    [InlineData(12, 125, 3)]
    [InlineData(42, 125, 5)]
    [InlineData(24, 25, 2)]
    public void Sigma_and_rank_of_simulated_patches_are_found(int volumes, int samples, int rank)
    {
        const int Patches = 200;
        double variance = 0, components = 0;
        for (int patch = 0; patch < Patches; patch++)
        {
            var values = Spectrum(volumes, samples, rank, new RandomStream(7, (ulong)patch));
            var (found, noise) = MarchenkoPastur.Classify(values, samples);
            int signal = volumes - noise;
            variance += found * MarchenkoPastur.Unbiasing(samples, signal) / Patches;
            components += (double)signal / Patches;
        }
        // The width of finite spectra scatters about the law's: a component too many now and then, and a few per cent.
        Assert.InRange(variance, 0.93, 1.03);
        Assert.InRange(components, rank - 0.1, rank + 0.6);
    }

    [Fact]
    public void A_spectrum_of_zeros_has_no_noise_and_ends() =>
        Assert.Equal((0, 5), MarchenkoPastur.Classify(new double[5], 25));

    [Fact]
    public void The_mode_is_found_in_a_skewed_sample()
    {
        // Rayleigh: the mode is at sigma, the mean at 1.25 sigma.
        var stream = new RandomStream(3);
        double[] values = [.. Enumerable.Range(0, 200_000)
            .Select(i => 2 * Math.Sqrt(-2 * Math.Log(stream.Uniform((ulong)i))))];
        // The kernel widens the skewed peak and moves it by some bandwidth²/sigma.
        Assert.Equal(2, DensityMode.Of(values, 0.2), 0.05);
        Assert.Equal(4, DensityMode.Of([4], 0.1), 0.01);
        Assert.Equal(7, DensityMode.Of([1, 5, 7, 7, 7, 9], 0.1), 0.01);
    }

    private static ReadOnlySpan<double> Spectrum(int volumes, int samples, int rank, RandomStream stream)
    {
        var data = new double[samples, volumes];
        for (int s = 0; s < samples; s++)
        {
            for (int v = 0; v < volumes; v++)
            {
                data[s, v] = stream.Gaussian((ulong)(s * volumes + v));
                for (int r = 0; r < rank; r++)
                    data[s, v] += 8 * stream.Child(1).Gaussian((ulong)(s * 64 + r)) * Math.Cos(v * (r + 1.0));
            }
        }
        var spectrum = new SymmetricSpectrum(volumes);
        for (int a = 0; a < volumes; a++)
        {
            for (int b = 0; b < volumes; b++) spectrum.Matrix[a * spectrum.Stride + b] = Covariance(data, a, b);
        }
        spectrum.Solve();
        return spectrum.Values;
    }

    private static double Covariance(double[,] data, int a, int b)
    {
        int n = data.GetLength(0);
        double product = 0, meanA = 0, meanB = 0;
        for (int s = 0; s < n; s++)
        {
            product += data[s, a] * data[s, b] / n;
            meanA += data[s, a] / n;
            meanB += data[s, b] / n;
        }
        return product - meanA * meanB;
    }
}
