using Ivim.Physics.Fits;
using Ivim.Physics.Spatial;
using Ivim.Physics.Uncertainty;

namespace Ivim.Physics.Tests.Uncertainty;

/// <summary>A block of one tissue whose noise is known: errors are held against what fits really do.</summary>
public sealed class ErrorPropagationTests
{
    private const double D = 0.0012, F = 0.25, DStar = 0.03, Sigma = 0.01;
    private const int Width = 20, Depth = 5, Voxels = Width * Width * Depth;
    private static readonly BValueTable Table = new([0, 10, 30, 60, 120, 200, 400, 800], [4, 2, 2, 2, 2, 2, 2, 4]);

    private static readonly VoxelGrid Grid = new(Width, Width, Depth, [.. Enumerable.Range(0, Voxels)]);

    [Fact]
    public void Nine_of_ten_intervals_of_raw_fits_hold_the_truth()
    {
        var signals = Signals(Sigma);
        var fit = LeastSquaresFit.Fit(signals, Table);
        var errors = ErrorPropagation.Of(Input(Maps(fit), signals));
        bool[] all = [.. Enumerable.Repeat(true, Voxels)];
        // Three standard deviations of a share of 0.9 in 2,000 voxels are 0.02; the rest is the bend of the model.
        Assert.Equal(0.9, Coverage(fit.D, errors.D, D), 0.03);
        Assert.Equal(0.9, Coverage(fit.F, errors.F, F), 0.03);
        Assert.Equal(0.9, Coverage(fit.DStar, errors.DStar, DStar), 0.03);
        Assert.Equal(0.9, Coverage(fit.S0, errors.S0, 1), 0.03);

        double Coverage(float[] estimate, float[] error, double truth) => IntervalCoverage.Of90Percent(
            estimate, error, [.. Enumerable.Repeat((float)truth, Voxels)], all);
    }

    /// <summary>A denoiser that leaves 0.4 of the noise in every volume, whatever its direction.</summary>
    [Fact]
    public void An_error_of_denoised_signals_is_the_spread_of_their_fits()
    {
        const double Left = 0.4;
        var fits = LeastSquaresFit.Fit(Signals(Left * Sigma), Table);
        var errors = ErrorPropagation.Of(Input(Truth(), Signals(0)) with
        {
            Noise = new ProbedNoise(Same(Sigma), Response(Left)),
        });
        // Both sides are 2,000 draws, which know their spread to 1.6 % each; the rest is the bend of the model.
        Assert.Equal(1, Spread(fits.D) / RootMeanSquare(errors.D), 0.07);
        Assert.Equal(1, Spread(fits.F) / RootMeanSquare(errors.F), 0.07);
        Assert.Equal(1, Spread(fits.DStar) / RootMeanSquare(errors.DStar), 0.07);
    }

    [Fact]
    public void Maps_beside_the_signals_are_wrong_by_their_distance()
    {
        const double Shift = 1e-5;
        var input = Input(Truth() with { D = Same(D + Shift) }, Signals(0)) with
        {
            Noise = new ProbedNoise(Same(Sigma), new float[Voxels * Table.Count]),
        };
        // The model bends little over a hundredth of D.
        Assert.Equal(Shift, ErrorPropagation.Of(input).D[0], 0.02 * Shift);
        Assert.Equal(0, ErrorPropagation.Of(input, new UncertaintyOptions { CountsMisfit = false }).D[0]);
    }

    [Fact]
    public void A_later_step_that_leaves_half_of_the_noise_halves_the_error()
    {
        var input = Input(Truth(), Signals(0)) with { Noise = new ProbedNoise(Same(Sigma), Response(0.3)) };
        var options = new UncertaintyOptions { CountsMisfit = false };
        var whole = ErrorPropagation.Of(input, options);
        var half = ErrorPropagation.Of(input, options with { NoiseShare = 0.5 });
        Assert.All(whole.F.Zip(half.F), pair => Assert.Equal(pair.First, 2 * pair.Second, 1e-6 * pair.First));
    }

    [Fact]
    public void Without_perfusion_nothing_is_known_of_the_pseudo_diffusivity()
    {
        var errors = ErrorPropagation.Of(Input(Truth() with { F = Same(0) }, Signals(0.05)));
        Assert.All(errors.DStar, error => Assert.Equal(0.195 / Math.Sqrt(12), error, 1e-6));
    }

    [Fact]
    public void A_voxel_without_a_fit_knows_nothing_and_tells_its_neighbours_nothing()
    {
        var signals = Signals(Sigma);
        var maps = Truth();
        var before = ErrorPropagation.Of(Input(maps, signals));
        signals[0] = float.NaN;
        (maps.D[1], maps.F[1], maps.DStar[1], maps.S0[1]) = (0, 0, 0, 0);
        var after = ErrorPropagation.Of(Input(maps, signals));
        Assert.All((int[])[0, 1], voxel => Assert.Equal(0.7 / Math.Sqrt(12), after.F[voxel], 1e-6));
        // Two of the 72 voxels of that box are gone, and with them 1.4 % of what is known of its noise.
        Assert.Equal(before.F[2], after.F[2], 0.1 * before.F[2]);
        Assert.Equal(before.F[^1], after.F[^1]);
    }

    [Theory]
    [InlineData(0.2f, 0.01f, true)]
    [InlineData(0.03f, 0.01f, false)]
    [InlineData(0.2f, 0.029f, false)]
    [InlineData(0.2f, float.NaN, false)]
    [InlineData(float.NaN, 0.01f, false)]
    public void Pseudo_diffusion_is_identifiable_with_perfusion_and_half_of_ignorance(
        float f, float error, bool expected) =>
        Assert.Equal([expected], IdentifiableVoxels.Of([f], [error], new Bounds(0.005, 0.2), 0.03, 0.5));

    [Fact]
    public void Coverage_counts_the_voxels_that_count()
    {
        Assert.Equal(0.5, IntervalCoverage.Of90Percent([1, 1, 1], [1, 1, 1], [2.6f, 2.7f, 9], [true, true, false]));
        Assert.Equal(double.NaN, IntervalCoverage.Of90Percent([1], [1], [1], [false]));
    }

    private static UncertaintyInput Input(SpatialMaps maps, float[] signals) =>
        new() { Maps = maps, Grid = Grid, Table = Table, Signals = signals };

    private static SpatialMaps Truth() => new(Same(D), Same(F), Same(DStar), Same(1));

    private static SpatialMaps Maps(FitResult fit) => new(fit.D, fit.F, fit.DStar, fit.S0);

    private static float[] Same(double value) => [.. Enumerable.Repeat((float)value, Voxels)];

    /// <summary>Noise in every averaged signal, in units of σ of one volume.</summary>
    private static float[] Response(double share)
    {
        var noise = new RandomStream(31);
        return
        [
            .. Enumerable.Range(0, Voxels * Table.Count).Select(i =>
                (float)(share / Math.Sqrt(Table.Averages[i % Table.Count]) * noise.Gaussian((ulong)i))),
        ];
    }

    private static float[] Signals(double sigma)
    {
        var (signals, row) = (new float[Voxels * Table.Count], new double[Table.Count]);
        IvimSignal.Predict(IvimParameters.From(D, F, DStar), [.. Table.SecondsPerMm2], row);
        var noise = new RandomStream(12);
        for (int i = 0; i < signals.Length; i++)
        {
            int b = i % Table.Count;
            signals[i] = (float)(row[b] + sigma / Math.Sqrt(Table.Averages[b]) * noise.Gaussian((ulong)i));
        }
        return signals;
    }

    private static double RootMeanSquare(float[] values) =>
        Math.Sqrt(values.Average(value => (double)value * value));

    private static double Spread(float[] values)
    {
        double mean = values.Average(value => (double)value);
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
