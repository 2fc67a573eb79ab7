using Ivim.Physics.Fits;

namespace Ivim.Physics.Tests.Fits;

/// <summary>What holds for every fit, whatever it fits.</summary>
public sealed class FitLaws
{
    private static readonly BValueTable Table = new(
        [0, 10, 20, 40, 80, 150, 200, 400, 600, 800], [3, 1, 1, 1, 1, 1, 2, 2, 2, 4]);

    public static TheoryData<string> Fits => new("segmented", "least squares");

    [Theory]
    [MemberData(nameof(Fits))]
    public void Permuting_voxels_permutes_the_results_bit_for_bit(string fit)
    {
        var signals = Signals(voxels: 1003);
        var order = new RandomStream(51).Permutation(1003);
        float[] shuffled = [.. order.SelectMany(voxel => signals.Skip(voxel * Table.Count).Take(Table.Count))];
        var expected = FitAssert.Arrays(Fit(fit, signals));
        var found = FitAssert.Arrays(Fit(fit, shuffled));
        foreach (var (before, after) in expected.Zip(found)) Assert.Equal(order.Select(voxel => before[voxel]), after);
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void The_number_of_threads_changes_nothing(string fit)
    {
        var signals = Signals(voxels: 1300);
        FitAssert.Same(Fit(fit, signals), Fit(fit, signals, new FitOptions { DegreeOfParallelism = 4 }));
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void A_voxel_alone_is_fitted_as_among_others(string fit)
    {
        var signals = Signals(voxels: 300);
        var together = Fit(fit, signals);
        foreach (int voxel in new[] { 0, 3, 255, 256, 299 })
        {
            var alone = Fit(fit, signals[(voxel * Table.Count)..((voxel + 1) * Table.Count)]);
            Assert.Equal(
                FitAssert.Arrays(together).Select(array => array[voxel]),
                FitAssert.Arrays(alone).Select(array => array[0]));
        }
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Voxels_that_cannot_be_fitted_are_zero_and_counted(string fit)
    {
        var signals = Signals(voxels: 6);
        Array.Clear(signals, 0, Table.Count);
        signals[2 * Table.Count + 4] = float.NaN;
        signals[3 * Table.Count] = float.PositiveInfinity;
        var result = Fit(fit, signals);
        Assert.Equal(3, result.Unfitted);
        FitAssert.Finite(result);
        foreach (int voxel in new[] { 0, 2, 3 })
            Assert.All(FitAssert.Arrays(result), array => Assert.Equal(0, array[voxel]));
        Assert.True(result.D[1] > 0 && result.D[5] > 0);
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Absurd_signals_give_finite_results_within_bounds(string fit)
    {
        float[] rows = [
            .. Enumerable.Repeat(float.MaxValue, Table.Count), .. Enumerable.Repeat(float.MinValue, Table.Count),
            .. Enumerable.Repeat(float.Epsilon, Table.Count), .. Enumerable.Repeat(-1f, Table.Count),
            .. Enumerable.Range(0, Table.Count).Select(i => i % 2 == 0 ? 1e20f : -1e20f)];
        FitAssert.WithinBounds(Fit(fit, rows), ParameterBounds.Default);
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void No_voxels_give_no_results(string fit) => Assert.Equal(0, Fit(fit, []).Voxels);

    [Theory]
    [MemberData(nameof(Fits))]
    public void Signals_that_are_not_whole_rows_are_refused(string fit) =>
        Assert.Throws<ArgumentException>(() => Fit(fit, new float[Table.Count + 1]));

    [Theory]
    [MemberData(nameof(Fits))]
    public void Bounds_that_make_no_sense_are_refused(string fit)
    {
        var bounds = ParameterBounds.Default with { DStar = new Bounds(0, 0.2) };
        var refusal = Assert.Throws<RefusalException>(() => Fit(fit, Signals(voxels: 1), null, bounds));
        Assert.Equal("FIT-BOUNDS", refusal.Code);
    }

    private static float[] Signals(int voxels) => VoxelSimulator.Simulate(
        new VoxelRecipe { Voxels = voxels, Table = Table, Seed = 50, SignalToNoise = 15 }).Signals;

    private static FitResult Fit(
        string fit, float[] signals, FitOptions? options = null, ParameterBounds? bounds = null) =>
        fit == "segmented"
            ? SegmentedFit.Fit(signals, Table, bounds, options)
            : LeastSquaresFit.Fit(signals, Table, bounds, options);
}
