using Ivim.Physics.Fits;
using Ivim.Physics.Noise;

namespace Ivim.Physics.Tests.Fits;

public sealed class LeastSquaresFitTests
{
    private static readonly BValueTable Table = new([0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700]);

    [Fact]
    public void Noise_free_signals_are_recovered()
    {
        var voxels = VoxelSimulator.Simulate(
            new VoxelRecipe { Voxels = 2000, Table = Table, Seed = 41, Noise = NoiseKind.None });
        var fit = LeastSquaresFit.Fit(voxels.Signals, Table);
        for (int i = 0; i < fit.Voxels; i++)
        {
            // Signals are rounded to 6e-8; the worst condition number of these tissues is near 1000, at f = 0.05 and
            // small D*.
            Assert.Equal(1, fit.D[i] / voxels.D[i], 1e-4);
            Assert.Equal(voxels.F[i], fit.F[i], 2e-5);
            Assert.Equal(1, fit.DStar[i] / voxels.DStar[i], 1e-3);
            Assert.Equal(1, fit.S0[i], 1e-6f);
            Assert.InRange(fit.Rmse[i], 0, 6e-8);   // what rounding to float leaves
        }
    }

    // docs/physics.md: NRMSE of a bounded least-squares fit with D* starts 0.01, 0.03, 0.09, 4,000 voxels, another
    // program. Its digits and ours carry the sampling error of 4,000 voxels, 1 to 3 %, and different minima: 8 % is
    // well above both.
    [Theory]
    [InlineData(20, 0.278, 0.383, 0.868)]
    [InlineData(50, 0.109, 0.165, 0.473)]
    public void Errors_on_random_voxels_are_those_of_an_independent_program(
        double signalToNoise, double d, double f, double dStar)
    {
        var voxels = VoxelSimulator.Simulate(
            new VoxelRecipe { Voxels = 4000, Table = Table, Seed = 42, SignalToNoise = signalToNoise });
        var fit = LeastSquaresFit.Fit(voxels.Signals, Table);
        Assert.Equal(1, NormalisedRmse(fit.D, voxels.D) / d, 0.08);
        Assert.Equal(1, NormalisedRmse(fit.F, voxels.F) / f, 0.08);
        Assert.Equal(1, NormalisedRmse(fit.DStar, voxels.DStar) / dStar, 0.08);
    }

    [Fact]
    public void No_tissue_within_the_bounds_explains_a_voxel_better_than_the_fit()
    {
        var voxels = VoxelSimulator.Simulate(
            new VoxelRecipe { Voxels = 500, Table = Table, Seed = 43, SignalToNoise = 20, DivideByB0 = false });
        var fit = LeastSquaresFit.Fit(voxels.Signals, Table);
        var stream = new RandomStream(44);
        for (int i = 0; i < fit.Voxels; i++)
        {
            double reached = (double)fit.Rmse[i] * fit.Rmse[i] * (1 + 1e-6);   // Rmse is rounded to float
            var y = voxels.Signals.AsSpan(i * Table.Count, Table.Count);
            Assert.True(reached <= MeanSquare(IvimParameters.From(voxels.D[i], voxels.F[i], voxels.DStar[i]), y));
            for (ulong trial = 0; trial < 40; trial++)
                Assert.True(reached <= MeanSquare(Near(fit, i, stream, 4 * (40 * (ulong)i + trial)), y));
        }
    }

    [Fact]
    public void Random_starts_find_no_deeper_minimum()
    {
        var voxels = VoxelSimulator.Simulate(
            new VoxelRecipe { Voxels = 256, Table = Table, Seed = 45, SignalToNoise = 20 });
        var fit = LeastSquaresFit.Fit(voxels.Signals, Table);
        var block = new SignalBlock(voxels.Signals, Table.Count, 0, 256);
        var lowest = RandomStarts.LowestMeanSquares(block, Table, starts: 12);
        int missed = Enumerable.Range(0, 256).Count(i => (double)fit.Rmse[i] * fit.Rmse[i] > lowest[i] * (1 + 1e-5));
        Assert.InRange(missed, 0, 1);   // none of 4,096 in a trial with 24 starts
    }

    [Fact]
    public void A_b_value_with_two_averages_counts_as_two_b_values()
    {
        var once = new BValueTable([0, 10, 30, 80, 200, 400, 800], [1, 1, 1, 1, 1, 1, 2]);
        var twice = new BValueTable([0, 10, 30, 80, 200, 400, 800, 800.0000001]);
        var voxels = VoxelSimulator.Simulate(
            new VoxelRecipe { Voxels = 200, Table = once, Seed = 46, SignalToNoise = 60 });
        float[] repeated = [.. Enumerable.Range(0, 200).SelectMany(i => voxels.Signals.Skip(7 * i).Take(7)
            .Append(voxels.Signals[7 * i + 6]))];
        var fit = LeastSquaresFit.Fit(voxels.Signals, once);
        var other = LeastSquaresFit.Fit(repeated, twice);
        for (int i = 0; i < 200; i++) Assert.Equal(1, fit.D[i] / other.D[i], 1e-5);   // same minimum, other rounding
    }

    [Fact]
    public void Estimates_keep_to_their_bounds()
    {
        var narrow = ParameterBounds.Default with
        {
            D = new Bounds(0.001, 0.0015), F = new Bounds(0.1, 0.2), DStar = new Bounds(0.02, 0.04),
            S0 = new Bounds(0.98, 1.02),
        };
        var voxels = VoxelSimulator.Simulate(
            new VoxelRecipe { Voxels = 1000, Table = Table, Seed = 47, SignalToNoise = 5 });
        var fit = LeastSquaresFit.Fit(voxels.Signals, Table, narrow);
        FitAssert.WithinBounds(fit, narrow);
        Assert.Equal(fit.D.Count(v => v is (float)0.001 or (float)0.0015), fit.AtBounds.D);
        Assert.True(fit.AtBounds.D > 100);
    }

    [Fact]
    public void Standard_errors_are_those_of_repeated_noise()
    {
        var one = new VoxelRecipe
        {
            Voxels = 4000, Table = Table, Seed = 48, SignalToNoise = 300, DivideByB0 = false,
            D = new Bounds(0.001, 0.001), F = new Bounds(0.3, 0.3), DStar = new Bounds(0.03, 0.03),
        };
        var fit = LeastSquaresFit.Fit(VoxelSimulator.Simulate(one).Signals, Table);
        // 1 % sampling error on both sides, and a few per cent because the model is not linear over the noise.
        Assert.Equal(1, FitAssert.RootMeanSquare(fit.StdD) / FitAssert.Deviation(fit.D), 0.06);
        Assert.Equal(1, FitAssert.RootMeanSquare(fit.StdF) / FitAssert.Deviation(fit.F), 0.06);
        Assert.Equal(1, FitAssert.RootMeanSquare(fit.StdDStar) / FitAssert.Deviation(fit.DStar), 0.06);
        Assert.Equal(1, FitAssert.RootMeanSquare(fit.StdS0) / FitAssert.Deviation(fit.S0), 0.06);
        Assert.Equal(1 / 300.0 / 300 * 7 / 11, fit.MeanSquaredResidual, 4e-7);   // σ² (B − 4) / B
    }

    [Fact]
    public void What_the_data_do_not_tell_has_the_error_of_ignorance()
    {
        float[] flat = [.. Table.SecondsPerMm2.Select(b => (float)Math.Exp(-b * 0.001))];   // f = 0: nothing about D*
        var fit = LeastSquaresFit.Fit(flat, Table);
        Assert.Equal(0.001, fit.D[0], 1e-8);
        Assert.Equal((0.2 - 0.005) / Math.Sqrt(12), fit.StdDStar[0], 1e-6);

        // As many free unknowns as signals leave no residual to judge by.
        var four = new double[4];
        IvimSignal.Predict(IvimParameters.From(0.001, 0.3, 0.05), [0, 20, 200, 600], four);
        var exact = LeastSquaresFit.Fit(Array.ConvertAll(four, s => (float)s), new BValueTable([0, 20, 200, 600]));
        Assert.Equal(0.005 / Math.Sqrt(12), exact.StdD[0], 1e-8);
    }

    [Fact]
    public void Three_b_values_are_refused()
    {
        var refusal = Assert.Throws<RefusalException>(
            () => LeastSquaresFit.Fit(new float[3], new BValueTable([0, 50, 800])));
        Assert.Equal("NLLS-NEEDS-MORE-B", refusal.Code);
    }

    [Fact]
    public void A_table_without_b0_or_high_b_values_is_fitted()
    {
        var table = new BValueTable([5, 20, 40, 80, 120, 180]);
        var voxels = VoxelSimulator.Simulate(new VoxelRecipe
        {
            Voxels = 100, Table = table, Seed = 49, Noise = NoiseKind.None, DivideByB0 = false,
            F = new Bounds(0.2, 0.5),
        });
        var fit = LeastSquaresFit.Fit(voxels.Signals, table);
        Assert.All(fit.Rmse, rmse => Assert.InRange(rmse, 0, 1e-7));
    }

    private static IvimParameters Near(FitResult fit, int voxel, RandomStream stream, ulong draw)
    {
        var bounds = ParameterBounds.Default;
        double Shifted(float value, Bounds range, ulong k) =>
            range.Clamp(value + 0.02 * range.Width * stream.Gaussian(draw + k));
        return IvimParameters.From(Shifted(fit.D[voxel], bounds.D, 0), Shifted(fit.F[voxel], bounds.F, 1),
            Shifted(fit.DStar[voxel], bounds.DStar, 2), Shifted(fit.S0[voxel], bounds.S0, 3));
    }

    private static double MeanSquare(in IvimParameters tissue, ReadOnlySpan<float> y)
    {
        var predicted = new double[y.Length];
        IvimSignal.Predict(tissue, Table.SecondsPerMm2.AsSpan(), predicted);
        double squares = 0;
        for (int i = 0; i < predicted.Length; i++) squares += (predicted[i] - y[i]) * (predicted[i] - y[i]);
        return squares / predicted.Length;
    }

    private static double NormalisedRmse(float[] estimate, float[] truth) =>
        Math.Sqrt(estimate.Zip(truth).Average(p => Math.Pow(p.First - p.Second, 2))) / truth.Average();
}
