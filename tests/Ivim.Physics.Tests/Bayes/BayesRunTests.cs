using Ivim.Physics.Bayes;
using Ivim.Physics.Noise;

namespace Ivim.Physics.Tests.Bayes;

/// <summary>What a caller may rely on, whatever the numbers are.</summary>
public sealed class BayesRunTests
{
    private const ulong Seed = 341;

    private static readonly BValueTable Table = new([0, 10, 20, 40, 80, 150, 300, 600], [2, 1, 1, 1, 1, 1, 2, 4]);

    private static readonly BayesOptions Options = new()
    {
        Shrinkage = new ChainLength(100, 100),
        Field = MarkovFieldOptions.Absolute with { Length = new ChainLength(100, 100) },
        PriorFixedSweeps = 20,
    };

    [Fact]
    public void The_number_of_threads_changes_nothing() =>
        AssertSame(Whole(Input(600), Options, threads: 1), Whole(Input(600), Options, threads: 3));

    [Theory]
    [InlineData(1)]
    [InlineData(73)]     // burn-in, the prior already drawn
    [InlineData(160)]    // sampling
    [InlineData(200)]    // between the stages
    [InlineData(255)]    // burn-in of the spatial stage
    [InlineData(333)]
    public void A_run_that_is_saved_and_resumed_ends_with_the_same_bits(int sweeps)
    {
        var input = Input(60);
        var first = BayesRun.Start(input, Options, Seed);
        first.Advance(sweeps);
        using var checkpoint = new MemoryStream();
        first.Save(checkpoint);
        checkpoint.Position = 0;
        var second = BayesRun.Resume(input, Options, Seed, checkpoint, degreeOfParallelism: 2);
        Assert.Equal(sweeps, second.SweepsDone);
        second.Advance(int.MaxValue);
        AssertSame(Whole(input, Options), second.Result());
        using var again = new MemoryStream();
        first.Save(again);
        Assert.Equal(checkpoint.ToArray(), again.ToArray());
    }

    [Fact]
    public void The_spatial_prior_does_not_change_the_stage_before_it()
    {
        var input = Input(60);
        var run = BayesRun.Start(input, Options, Seed);
        run.Advance(int.MaxValue);
        AssertSame(Whole(input, Options with { Field = null }), run.Shrinkage!);
    }

    [Fact]
    public void Another_seed_gives_other_samples() =>
        Assert.NotEqual(Whole(Input(60), Options).D.Median, Whole(Input(60), Options, seed: Seed + 1).D.Median);

    [Fact]
    public void The_unit_of_the_signal_does_not_matter()
    {
        var input = Input(60);
        var scaled = input.Signals.ToArray();
        for (int i = 0; i < scaled.Length; i++) scaled[i] *= i / Table.Count % 2 == 0 ? 1024 : 0.125f;   // exact
        var (one, other) = (Whole(input, Options), Whole(input with { Signals = scaled }, Options));
        Assert.Equal(one.D.Median, other.D.Median);
        Assert.Equal(one.DStar.Spread, other.DStar.Spread);
        Assert.Equal(one.S0[0] * 1024, other.S0[0]);
        Assert.Equal(one.S0[1] * 0.125f, other.S0[1]);
    }

    [Fact]
    public void Voxels_without_a_signal_are_zero_and_nobodys_neighbours()
    {
        var input = Input(60);
        var signals = input.Signals.ToArray();
        Array.Clear(signals, 5 * Table.Count, Table.Count);
        signals[9 * Table.Count + 3] = float.NaN;
        var result = Whole(input with { Signals = signals }, Options);
        Assert.Equal(2, result.Unfitted);
        foreach (int voxel in new[] { 5, 9 })
            Assert.All(Arrays(result), array => Assert.Equal(0, array[voxel]));
        Assert.All(Arrays(result), array => Assert.All(array, value => Assert.True(float.IsFinite(value))));
        Assert.True(result.F.Median[6] > 0);
    }

    [Fact]
    public void Absurd_signals_give_finite_maps()
    {
        var signals = Input(60).Signals.ToArray();
        signals.AsSpan(0, Table.Count).Fill(float.MaxValue);
        signals.AsSpan(Table.Count, Table.Count).Fill(-1);
        signals.AsSpan(2 * Table.Count, Table.Count).Fill(float.Epsilon);
        for (int i = 0; i < Table.Count; i++) signals[3 * Table.Count + i] = i % 2 == 0 ? 1e20f : -1e20f;
        var result = Whole(Input(60) with { Signals = signals }, Options);
        Assert.All([result.D, result.F, result.DStar], map =>
            Assert.All(map.Median.Concat(map.Spread).Concat(map.RHat), value => Assert.True(float.IsFinite(value))));
    }

    [Fact]
    public void Bounds_hold_for_every_median()
    {
        var bounds = new ParameterBounds
        { D = new Bounds(0.0009, 0.0013), F = new Bounds(0.1, 0.2), DStar = new Bounds(0.03, 0.05) };
        var result = Whole(Input(60), Options with { Bounds = bounds });
        Assert.All(result.D.Median, d => Assert.InRange(d, 0.0009, 0.0013));
        Assert.All(result.F.Median, f => Assert.InRange(f, 0.1, 0.2));
        Assert.All(result.DStar.Median, dStar => Assert.InRange(dStar, 0.03, 0.05));
    }

    [Fact]
    public void Behind_the_cut_off_the_hierarchical_stage_knows_the_slow_term_only()
    {
        // Signals made without a fast term from b = 150 on, where a fifth of it should still be there.
        var signals = new float[60 * Table.Count];
        for (int i = 0; i < signals.Length; i++)
        {
            double b = Table.SecondsPerMm2[i % Table.Count];
            double signal = 0.6 * Math.Exp(-b * 1e-3) + (b >= 150 ? 0 : 0.4 * Math.Exp(-b * 0.01));
            signals[i] = (float)(signal * (1 + 0.002 * new RandomStream(343).Gaussian((ulong)i)));
        }
        var input = new BayesInput(signals, Table);
        var options = new BayesOptions { Shrinkage = new ChainLength(500, 500) };
        var segmented = Whole(input, options with { PerfusionCutoffSecondsPerMm2 = 150 });
        Assert.InRange(segmented.F.Median.Average(), 0.39, 0.41);   // noise of 0.2 % over 60 voxels
        Assert.InRange(segmented.DStar.Median.Average(), 0.0095, 0.0105);
        Assert.NotInRange(Whole(input, options).F.Median.Average(), 0.3, 0.48);   // it takes slow signal for fast
    }

    [Fact]
    public void A_cancelled_run_is_whole_and_goes_on()
    {
        using var cancel = new CancellationTokenSource();
        var run = BayesRun.Start(Input(60), Options, Seed);
        Assert.Throws<OperationCanceledException>(() =>
            run.Advance(int.MaxValue, done => { if (done == 130) cancel.Cancel(); }, cancel.Token));
        Assert.Equal(130, run.SweepsDone);
        run.Advance(int.MaxValue);
        AssertSame(Whole(Input(60), Options), run.Result());
    }

    [Fact]
    public void Maps_of_an_unfinished_run_are_not_given()
    {
        var run = BayesRun.Start(Input(60), Options, Seed);
        run.Advance(399);
        Assert.False(run.IsDone);
        Assert.Throws<InvalidOperationException>(run.Result);
    }

    [Fact]
    public void A_checkpoint_of_other_input_or_cut_short_is_refused()
    {
        using var checkpoint = new MemoryStream();
        BayesRun.Start(Input(60), Options, Seed).Save(checkpoint);
        Assert.Equal("BAYES-CHECKPOINT", Refusal(checkpoint.ToArray(), Seed + 1).Code);
        Assert.Equal("BAYES-CHECKPOINT", Refusal(checkpoint.ToArray()[..^1], Seed).Code);
        Assert.Equal("BAYES-CHECKPOINT", Refusal([1, 2, 3], Seed).Code);

        static RefusalException Refusal(byte[] bytes, ulong seed) => Assert.Throws<RefusalException>(() =>
            BayesRun.Resume(Input(60), Options, seed, new MemoryStream(bytes)));
    }

    [Fact]
    public void Input_that_cannot_be_fitted_is_refused()
    {
        Assert.Equal("BAYES-NEEDS-VOXELS", Refusal(Input(9), Options));
        Assert.Equal("BAYES-NEEDS-POSITIONS", Refusal(Input(60) with { Positions = null }, Options));
        Assert.Equal("BAYES-NEEDS-POSITIONS", Refusal(Input(60) with { Positions = new VoxelPosition[60] }, Options));
        Assert.Equal("NLLS-NEEDS-MORE-B", Refusal(
            new BayesInput(new float[60], new BValueTable([0, 100, 500])), Options with { Field = null }));
        Assert.Equal("BAYES-OPTIONS", Refusal(Input(60), Options with { Chains = 1 }));
        Assert.Equal("BAYES-OPTIONS", Refusal(Input(60), Options with { Field = Options.Field! with { Tau = 0 } }));

        static string Refusal(BayesInput input, BayesOptions options) =>
            Assert.Throws<RefusalException>(() => BayesRun.Start(input, options, Seed)).Code;
    }

    private static BayesResult Whole(BayesInput input, BayesOptions options, int threads = 1, ulong seed = Seed)
    {
        var run = BayesRun.Start(input, options, seed, threads);
        run.Advance(int.MaxValue);
        return run.Result();
    }

    private static BayesInput Input(int voxels)
    {
        var signals = VoxelSimulator.Simulate(new VoxelRecipe
        { Voxels = voxels, Table = Table, Seed = 342, SignalToNoise = 25, Noise = NoiseKind.Rician }).Signals;
        return new BayesInput(signals, Table,
            [.. Enumerable.Range(0, voxels).Select(i => new VoxelPosition(i % 11, i / 11 % 9, i / 99))]);
    }

    private static void AssertSame(BayesResult one, BayesResult other)
    {
        foreach (var (expected, found) in Arrays(one).Zip(Arrays(other))) Assert.Equal(expected, found);
        Assert.Equal(one.Population.Mean, other.Population.Mean);
        Assert.Equal(one.Population.Covariance, other.Population.Covariance);
        Assert.Equal((one.RHatD, one.RHatF, one.RHatDStar), (other.RHatD, other.RHatF, other.RHatDStar));
        Assert.Equal((one.PopulationRHat, one.Unfitted, one.QuantilesAtLimit),
            (other.PopulationRHat, other.Unfitted, other.QuantilesAtLimit));
    }

    private static IEnumerable<float[]> Arrays(BayesResult result) => [
        .. new[] { result.D, result.F, result.DStar }.SelectMany(map => new[] { map.Median, map.Spread, map.RHat }),
        result.S0];
}
