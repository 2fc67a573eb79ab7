using System.Collections.Immutable;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Volumes;

public sealed class DiffusionSeriesTests
{
    private static readonly SeriesOptions AnyCount = new() { LeastDistinctBValues = 1 };

    [Fact]
    public void Volumes_are_sorted_and_repeats_averaged()
    {
        var series = DiffusionSeries.From(MadeSeries.OneVoxel(40, 100, 60, 50, 90, 70), [100, 0, 100, 100, 10, 50]);
        Assert.Equal([0.0, 10.0, 50.0, 100.0], series.BValues.SecondsPerMm2.ToArray());
        Assert.Equal([1, 1, 1, 3], series.BValues.Averages.ToArray());
        Assert.Equal([100f, 90f, 70f, 50f], series.Signals.Select(signal => signal[0]));
        Assert.Equal("BVEC-ABSENT", Assert.Single(series.Warnings).Code);
    }

    [Fact]
    public void Directions_are_averaged_to_the_signal_at_the_trace_of_the_tensor()
    {
        // For S = exp(-b g'Dg) the geometric mean over three orthogonal directions is exp(-b trace(D)/3), whatever the
        // axes: the trace is invariant (Basser, Mattiello and Le Bihan, Biophys J 66 (1994) 259).
        double[] d = [3e-3, 1e-3, 0.5e-3];
        const double b = 600;
        float[] signals = [1000, .. d.Select(value => (float)(1000 * Math.Exp(-b * value))), 0, 0];
        (signals[4], signals[5]) = (signals[1] * 1.1f, signals[1] * 0.9f);
        ImmutableArray<GradientDirection> directions =
            [default, new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), new(-1, 0, 0), new(1, 0, 0)];

        var series = DiffusionSeries.From(MadeSeries.OneVoxel(signals), [0, b, b, b, b, b], directions, AnyCount);

        // Three repeats of the first direction average to its value; float32 rounding of inputs and output.
        Assert.Equal(1000 * Math.Exp(-b * 1.5e-3), series.Signals[1][0], 1e-3);
        Assert.Equal(5, series.BValues.Averages[1]);
        Assert.Empty(series.Warnings);
    }

    [Fact]
    public void The_rule_can_be_forced()
    {
        var image = MadeSeries.OneVoxel(100, 90, 10);
        double Mean(AveragingRule rule) =>
            DiffusionSeries.From(image, [0, 50, 50], null, AnyCount with { Averaging = rule }).Signals[1][0];
        Assert.Equal(50, Mean(AveragingRule.Arithmetic));
        Assert.Equal(50, Mean(AveragingRule.Auto));
        Assert.Equal(30, Mean(AveragingRule.Geometric), 1e-5);
    }

    [Fact]
    public void A_geometric_mean_with_a_value_that_is_not_positive_is_zero_and_a_nan_stays()
    {
        var options = AnyCount with { Averaging = AveragingRule.Geometric };
        Assert.Equal(0, DiffusionSeries.From(MadeSeries.OneVoxel(100, 90, -1), [0, 50, 50], null,
            options).Signals[1][0]);
        Assert.Equal(0, DiffusionSeries.From(MadeSeries.OneVoxel(100, 90, 0), [0, 50, 50], null,
            options).Signals[1][0]);
        Assert.True(float.IsNaN(
            DiffusionSeries.From(MadeSeries.OneVoxel(100, float.NaN, 5), [0, 50, 50], null, options).Signals[1][0]));
    }

    [Fact]
    public void Larger_b_values_can_be_left_out()
    {
        var image = MadeSeries.OneVoxel(6, 5, 4, 3, 2, 1);
        double[] b = [0, 50, 100, 800, 1003, 2000];
        var series = DiffusionSeries.From(image, b, null, new SeriesOptions { BMaxSecondsPerMm2 = 1000 });
        Assert.Equal([0.0, 50.0, 100.0, 800.0, 1003.0], series.BValues.SecondsPerMm2.ToArray());
        Assert.Equal("B-MAX", Assert.Single(series.Warnings).Code);
        Refused("B-MAX-LEAVES-TOO-FEW", () =>
            DiffusionSeries.From(image, b, null, new SeriesOptions { BMaxSecondsPerMm2 = 100 }));
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        Refused("NIFTI-NOT-4D", () => DiffusionSeries.From(MadeSeries.OneVoxel(1), [0]));
        Refused("BVAL-COUNT", () => DiffusionSeries.From(MadeSeries.OneVoxel(1, 2, 3, 4), [0, 1, 2]));
        Refused("BVEC-COUNT", () => DiffusionSeries.From(MadeSeries.OneVoxel(1, 2, 3, 4), [0, 10, 20, 30], [default]));
        Refused("BVAL-TOO-FEW", () => DiffusionSeries.From(MadeSeries.OneVoxel(1, 2, 3, 4), [0, 1000, 1000, 1000]));
    }

    [Fact]
    public void Without_b_zero_the_lowest_b_value_is_the_reference_if_it_is_low()
    {
        var series = DiffusionSeries.From(MadeSeries.OneVoxel(80, 60, 40, 20), [10, 100, 200, 300]);
        var reference = ReferenceSignal.Of(series);
        Assert.Equal((80f, 10), (reference.Signal[0], reference.BSecondsPerMm2));
        Assert.Equal("NO-B0", Assert.Single(reference.Warnings).Code);
        Assert.Equal([1f, 0.75f, 0.5f, 0.25f], RelativeSignals.Of(series, reference, [0]));
        Refused("NO-LOW-B", () => ReferenceSignal.Of(
            DiffusionSeries.From(MadeSeries.OneVoxel(80, 60, 40, 20), [60, 100, 200, 300])));
    }

    [Fact]
    public void Relative_signals_are_row_by_row_the_voxels_asked_for()
    {
        var image = MadeSeries.Of(new ImageShape(2, 2, 1, 4), (x, y, _, t) => (10 + x + 2 * y) * (4 - t));
        var series = DiffusionSeries.From(image, [0, 1, 2, 3]);
        var relative = RelativeSignals.Of(series, ReferenceSignal.Of(series), [3, 0]);
        Assert.Equal([1f, 0.75f, 0.5f, 0.25f, 1f, 0.75f, 0.5f, 0.25f], relative);
    }

    private static void Refused(string code, Action action) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(action).Code);
}
