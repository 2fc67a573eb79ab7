using Ivim.Learning.Start;
using Ivim.Physics;
using Ivim.Physics.Noise;

namespace Ivim.Learning.Tests.Start;

public class StartRecipeTests
{
    private static readonly BValueTable Table = SimulatedVoxels.TwelveB;

    [Fact]
    public void The_same_seed_gives_the_same_signals_and_a_longer_set_begins_with_them()
    {
        var some = new StartRecipe { Voxels = 50 }.Draw(Table, 4).Signals;
        Assert.Equal(some, new StartRecipe { Voxels = 50 }.Draw(Table, 4).Signals);
        Assert.Equal(some, new StartRecipe { Voxels = 80 }.Draw(Table, 4).Signals[..some.Length]);
        Assert.NotEqual(some, new StartRecipe { Voxels = 50 }.Draw(Table, 5).Signals);
    }

    [Fact]
    public void Tissues_fill_their_ranges_and_two_of_them_by_their_logarithm()
    {
        var recipe = new StartRecipe();
        var drawn = Enumerable.Range(0, 4001).Select(v => StartSignals.Voxel(recipe, 9, v)).ToArray();
        Fills(recipe.D, (0.2e-3 + 3.5e-3) / 2, drawn.Select(v => v.Tissue.D.Mm2PerSecond));
        Fills(recipe.F, 0.25, drawn.Select(v => v.Tissue.F.Fraction));
        Fills(recipe.DStar, Math.Sqrt(6e-3 * 0.15), drawn.Select(v => v.Tissue.DStar.Mm2PerSecond));
        Fills(recipe.SignalToNoise, Math.Sqrt(15 * 120), drawn.Select(v => v.SignalToNoise));
    }

    [Fact]
    public void Signals_are_those_of_the_tissue_relative_to_their_own_zero()
    {
        var quiet = new StartRecipe { Voxels = 30, Noise = NoiseKind.Gaussian, SignalToNoise = new(1e6, 1e6) };
        var set = quiet.Draw(Table, 3);
        var noisy = (quiet with { SignalToNoise = new(20, 20) }).Draw(Table, 3);
        for (int v = 0; v < 30; v++)
        {
            var tissue = StartSignals.Voxel(quiet, 3, v).Tissue;
            double[] truth = [tissue.D.Mm2PerSecond, tissue.F.Fraction, tissue.DStar.Mm2PerSecond];
            for (int i = 0; i < 12; i++)     // 1e-5: ten times the noise
                Assert.Equal(SimulatedVoxels.Signal(truth, Table.SecondsPerMm2[i]), set.Signals[12 * v + i], 1e-5);
            Assert.Equal(1, noisy.Signals[12 * v]);
        }
        Assert.NotEqual(set.Signals, noisy.Signals);
    }

    /// <summary>As a study's signals are (Imaging's ReferenceSignal).</summary>
    [Fact]
    public void Signals_are_relative_to_the_lowest_b_value_where_there_is_no_zero()
    {
        var quiet = new StartRecipe { Voxels = 20, SignalToNoise = new(1e6, 1e6) };
        var set = quiet.Draw(new BValueList([10, 100, 800], [2, 1, 1]), 3);
        for (int v = 0; v < 20; v++)
        {
            var tissue = StartSignals.Voxel(quiet, 3, v).Tissue;
            double[] truth = [tissue.D.Mm2PerSecond, tissue.F.Fraction, tissue.DStar.Mm2PerSecond];
            double expected = SimulatedVoxels.Signal(truth, 100) / SimulatedVoxels.Signal(truth, 10);
            Assert.Equal(1, set.Signals[3 * v]);
            Assert.Equal(expected, set.Signals[3 * v + 1], 1e-5);     // ten times the noise
        }
    }

    [Fact]
    public void A_range_that_is_none_is_refused()
    {
        var wrong = new StartRecipe { DStar = new(0, 0.1) };
        Assert.Equal("START-RECIPE", Assert.Throws<RefusalException>(() => wrong.Draw(Table, 1)).Code);
    }

    /// <remarks>
    /// A short start, no step on the data: the errors must be well below those of a constant map, which is all that
    /// drawn weights can do. 3,000 voxels at SNR 50.
    /// </remarks>
    [Fact]
    public void A_start_maps_voxels_that_it_never_saw()
    {
        var network = new NetworkRecipe { Architecture = Architecture.Cnn };
        var start = Trainings.Train(network: network, data: new StartRecipe { Voxels = 8000 }.Draw(Table, 1),
            recipe: StartRecipe.Training(600) with { BatchVoxels = 128, ProbeVoxels = 256 });
        var voxels = SimulatedVoxels.Draw(3000, 50, Table);
        var member = Trainings.Train(network: network, data: voxels.Training(), warmStart: start.ToArrays(),
            recipe: Trainings.Short with { Steps = 0 });
        Assert.True(start.Conditioning.ToArrays().HaveSameBits(member.Conditioning.ToArrays()));
        double[] errors = voxels.Errors(Trainings.Map(member, voxels, network)), constant = voxels.ConstantErrors();
        Assert.InRange(errors[0] / constant[0], 0, 0.6);
        Assert.InRange(errors[1] / constant[1], 0, 0.95);
    }

    /// <summary>4,001 draws: the median is within 5 % of the range's in the measure of the draw.</summary>
    private static void Fills(Bounds range, double median, IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        Assert.InRange(sorted[0], range.Lower, range.Lower + 0.01 * range.Width);
        Assert.InRange(sorted[^1], range.Upper - 0.01 * range.Width, range.Upper);
        Assert.InRange(sorted[2000], 0.95 * median, 1.05 * median);
    }
}
