using Ivim.Physics.Fits;
using Ivim.Physics.Noise;

namespace Ivim.Physics.Tests.Fits;

public sealed class SegmentedFitTests
{
    private static readonly BValueTable Table = new([0, 10, 20, 40, 80, 150, 200, 400, 600, 800]);

    [Fact]
    public void Two_high_b_values_are_met_exactly()
    {
        // 0.8 e^(−200 D), 0.8 e^(−800 D) with D = 0.001: the line through both gives D = 0.001 and f = 0.2.
        float[] signals = [1, 0.8f, 0.8f * (float)Math.Exp(-0.2), 0.8f * (float)Math.Exp(-0.8)];
        var fit = SegmentedFit.Fit(signals, new BValueTable([0, 60, 200, 800]));
        Assert.Equal(0.001, fit.D[0], 1e-9);   // 6e-8 of rounding in each signal
        Assert.Equal(0.2, fit.F[0], 1e-6);
        Assert.Equal(1, fit.S0[0]);
    }

    [Fact]
    public void Noise_free_signals_without_perfusion_above_the_cut_off_are_recovered()
    {
        // D* = 0.15 leaves e^(−30) at b = 200, so that the model of step 1 is true to 1e-13.
        var voxels = VoxelSimulator.Simulate(new VoxelRecipe
        {
            Voxels = 500, Table = Table, Seed = 31, Noise = NoiseKind.None, DStar = new Bounds(0.15, 0.18),
        });
        var fit = SegmentedFit.Fit(voxels.Signals, Table);
        for (int i = 0; i < fit.Voxels; i++)
        {
            // Signals are rounded to 6e-8; the condition of the two-parameter fit is about 10, that of D* about 100.
            Assert.Equal(voxels.D[i], fit.D[i], 3e-9);
            Assert.Equal(voxels.F[i], fit.F[i], 1e-6);
            Assert.Equal(1, fit.DStar[i] / voxels.DStar[i], 1e-4);
        }
    }

    [Fact]
    public void Step_one_is_the_weighted_least_squares_minimum()
    {
        var table = new BValueTable([0, 30, 200, 300, 500, 700], [2, 1, 3, 1, 2, 6]);
        var voxels = VoxelSimulator.Simulate(
            new VoxelRecipe { Voxels = 200, Table = table, Seed = 32, SignalToNoise = 15 });
        var fit = SegmentedFit.Fit(voxels.Signals, table);
        for (int i = 0; i < fit.Voxels; i++)
        {
            var (d, f) = ScalarMinimum(voxels.Signals.AsSpan(i * 6 + 2, 4), [200, 300, 500, 700], [3, 1, 2, 6]);
            // Golden section finds a minimum to the square root of double's precision.
            Assert.Equal(d, fit.D[i], 1e-9);
            Assert.Equal(f, fit.F[i], 1e-6);
        }
    }

    [Fact]
    public void Estimates_keep_to_their_bounds()
    {
        var voxels = VoxelSimulator.Simulate(
            new VoxelRecipe { Voxels = 2000, Table = Table, Seed = 33, SignalToNoise = 3 });
        FitAssert.WithinBounds(SegmentedFit.Fit(voxels.Signals, Table), ParameterBounds.Default);
    }

    [Fact]
    public void Signals_that_rise_with_b_end_on_the_bounds()
    {
        var fit = SegmentedFit.Fit(new float[] { 1, 2, 3, 4 }, new BValueTable([0, 60, 200, 800]));
        Assert.Equal(0, fit.D[0]);
        Assert.Equal(0, fit.F[0]);
        Assert.Equal(1, fit.AtBounds.D);
        Assert.Equal(1, fit.AtBounds.F);
    }

    [Fact]
    public void A_table_without_b0_is_refused()
    {
        var refusal = Assert.Throws<RefusalException>(
            () => SegmentedFit.Fit(new float[4], new BValueTable([5, 60, 200, 800])));
        Assert.Equal("SEGMENTED-NEEDS-B0", refusal.Code);
    }

    [Fact]
    public void A_table_with_one_high_b_value_is_refused()
    {
        var refusal = Assert.Throws<RefusalException>(
            () => SegmentedFit.Fit(new float[3], new BValueTable([0, 60, 800])));
        Assert.Equal("SEGMENTED-NEEDS-HIGH-B", refusal.Code);
    }

    [Fact]
    public void The_standard_errors_of_D_and_f_are_those_of_repeated_noise()
    {
        var table = new BValueTable([0, 200, 300, 400, 500, 600, 700, 800]);
        var one = new VoxelRecipe
        {
            Voxels = 4000, Table = table, Seed = 34, SignalToNoise = 100, DivideByB0 = false,
            D = new Bounds(0.001, 0.001), F = new Bounds(0.2, 0.2), DStar = new Bounds(0.1, 0.1),
        };
        var fit = SegmentedFit.Fit(VoxelSimulator.Simulate(one).Signals, table);
        // 1 % sampling error of each side, and the mean of a root of 5 degrees of freedom is 5 % below the root of
        // the mean.
        Assert.Equal(1, FitAssert.RootMeanSquare(fit.StdD) / FitAssert.Deviation(fit.D), 0.06);
        Assert.Equal(1, FitAssert.RootMeanSquare(fit.StdF) / FitAssert.Deviation(fit.F), 0.06);
    }

    private static (double D, double F) ScalarMinimum(ReadOnlySpan<float> y, double[] b, double[] weights)
    {
        double[] signal = [.. y.ToArray().Select(v => (double)v)];
        double Amplitude(double d) => Math.Clamp(
            Enumerable.Range(0, b.Length).Sum(i => weights[i] * signal[i] * Math.Exp(-b[i] * d))
                / Enumerable.Range(0, b.Length).Sum(i => weights[i] * Math.Exp(-2 * b[i] * d)), 0.3, 1);
        double Cost(double d) => Enumerable.Range(0, b.Length).Sum(
            i => weights[i] * Math.Pow(signal[i] - Amplitude(d) * Math.Exp(-b[i] * d), 2));
        double best = Enumerable.Range(0, 501).Select(i => i * 1e-5).MinBy(Cost);
        double low = Math.Max(0, best - 1e-5), high = Math.Min(0.005, best + 1e-5), golden = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-12)
        {
            double left = high - golden * (high - low), right = low + golden * (high - low);
            if (Cost(left) < Cost(right)) high = right;
            else low = left;
        }
        return ((low + high) / 2, 1 - Amplitude((low + high) / 2));
    }
}
