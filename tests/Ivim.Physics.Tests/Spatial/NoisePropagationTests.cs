using Ivim.Physics.Fits;
using Ivim.Physics.Spatial;

namespace Ivim.Physics.Tests.Spatial;

public sealed class NoisePropagationTests
{
    private const int Voxels = 2000;
    private static readonly BValueTable Table = new([0, 10, 30, 60, 120, 200, 400, 800], [4, 2, 2, 2, 2, 2, 2, 4]);

    [Fact]
    public void An_error_is_the_spread_of_many_fits()
    {
        const double Sigma = 0.01, EffectiveNoise = 0.4;
        var fits = LeastSquaresFit.Fit(NoisySignals(Sigma * EffectiveNoise), Table);
        var errors = NoisePropagation.Of(Truth(1), Table, [(float)Sigma], EffectiveNoise, SpatialBounds.Default);
        // 2,000 fits know their spread to 1.6 %; the rest is the bend of the model over the spread, and σ's own floor.
        Assert.Equal(Spread(fits.D), errors.StdD[0], 0.06 * errors.StdD[0]);
        Assert.Equal(Spread(fits.F), errors.StdF[0], 0.06 * errors.StdF[0]);
        Assert.Equal(Spread(fits.DStar), errors.StdDStar[0], 0.06 * errors.StdDStar[0]);
    }

    [Fact]
    public void Without_perfusion_nothing_is_known_of_the_pseudo_diffusivity()
    {
        var maps = Truth(1) with { F = [0] };
        var errors = NoisePropagation.Of(maps, Table, [0.05f], 0.3, SpatialBounds.Default);
        Assert.Equal(0.195 / Math.Sqrt(12), errors.StdDStar[0], 1e-6);
    }

    private static SpatialMaps Truth(int voxels) => new([.. Enumerable.Repeat(0.0012f, voxels)],
        [.. Enumerable.Repeat(0.25f, voxels)], [.. Enumerable.Repeat(0.03f, voxels)],
        [.. Enumerable.Repeat(1f, voxels)]);

    private static float[] NoisySignals(double sigma)
    {
        var signals = new float[Voxels * Table.Count];
        var row = new double[Table.Count];
        IvimSignal.Predict(IvimParameters.From(0.0012, 0.25, 0.03), [.. Table.SecondsPerMm2], row);
        var noise = new RandomStream(12);
        for (int i = 0; i < signals.Length; i++)
        {
            int b = i % Table.Count;
            signals[i] = (float)(row[b] + sigma / Math.Sqrt(Table.Averages[b]) * noise.Gaussian((ulong)i));
        }
        return signals;
    }

    private static double Spread(float[] values)
    {
        double mean = values.Average(value => (double)value);
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
