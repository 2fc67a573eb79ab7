using Ivim.Physics.Fits;
using Ivim.Physics.Noise;
using Ivim.Physics.Phantoms;
using Ivim.Physics.Quantities;

namespace Ivim.Physics.Tests.Phantoms;

public sealed class PhantomTests
{
    private static readonly PhantomRecipe Recipe = new()
    {
        Kind = PhantomKind.Smooth, Width = 40, Height = 36, Depth = 6, BSecondsPerMm2 = [0, 800, 20, 200, 0], Seed = 61,
        CoilShading = 0.3,
    };

    public static TheoryData<PhantomKind, string> Every()
    {
        var cases = new TheoryData<PhantomKind, string>();
        foreach (var kind in Enum.GetValues<PhantomKind>())
            foreach (var table in TissueTable.All) cases.Add(kind, table.Name);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void The_number_of_threads_changes_no_bit(PhantomKind kind, string tissues)
    {
        var recipe = Recipe with { Kind = kind, Tissues = TissueTable.Named(tissues) };
        var (one, four) = (Phantom.Make(recipe), Phantom.Make(recipe, degreeOfParallelism: 4));
        Assert.Equal(one.Signals, four.Signals);
        Assert.Equal(one.DStar, four.DStar);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Every_region_is_there_and_the_corner_is_background(PhantomKind kind, string tissues)
    {
        var phantom = Phantom.Make(Recipe with { Kind = kind, Tissues = TissueTable.Named(tissues) });
        Assert.Equal(
            Enumerable.Range(0, phantom.RegionNames.Count), phantom.Labels.Distinct().Order().Select(l => (int)l));
        Assert.Equal(0, phantom.Labels[0]);
        for (int i = 0; i < phantom.Voxels; i++)
            Assert.Equal(phantom.Labels[i] == 0, phantom.S0[i] == 0 && phantom.D[i] == 0 && phantom.F[i] == 0);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Noise_free_signals_are_the_equation_of_the_truth(PhantomKind kind, string tissues)
    {
        var phantom = Phantom.Make(Recipe with
        {
            Kind = kind, Tissues = TissueTable.Named(tissues), Noise = NoiseKind.None,
        });
        for (int b = 0; b < Recipe.BSecondsPerMm2.Count; b++)
        {
            var volume = phantom.Volume(b);
            var bValue = BValue.FromSecondsPerMm2(Recipe.BSecondsPerMm2[b]);
            for (int i = 0; i < phantom.Voxels; i++)
            {
                var tissue = IvimParameters.From(phantom.D[i], phantom.F[i], phantom.DStar[i], phantom.S0[i]);
                Assert.Equal(IvimSignal.At(tissue, bValue), volume[i], 1e-3);   // maps are rounded to float
            }
        }
    }

    [Fact]
    public void Smooth_tissues_vary_within_12_15_and_20_per_cent_also_across_slices()
    {
        var phantom = Phantom.Make(Recipe);
        var liver = TissueTable.Abdomen.Tissues[1].Parameters;
        var inside = Enumerable.Range(0, phantom.Voxels).Where(i => phantom.Labels[i] == 2).ToArray();
        Check(phantom.D, liver.D.Mm2PerSecond, 0.12);
        Check(phantom.F, liver.F.Fraction, 0.15);
        Check(phantom.DStar, liver.DStar.Mm2PerSecond, 0.20);
        int slice = 40 * 36;
        Assert.Contains(inside, i => i + slice < phantom.Voxels && phantom.Labels[i + slice] == 2
            && phantom.D[i] != phantom.D[i + slice]);

        void Check(float[] map, double mean, double share)
        {
            double[] change = [.. inside.Select(i => map[i] / mean - 1)];
            Assert.All(change, c => Assert.InRange(c, -share - 1e-6, share + 1e-6));
            Assert.True(change.Max() - change.Min() > share / 2);
        }
    }

    [Fact]
    public void Piecewise_tissues_are_those_of_the_table()
    {
        var phantom = Phantom.Make(Recipe with { Kind = PhantomKind.Piecewise, Tissues = TissueTable.NestedSquares });
        int middle = (3 * 36 + 18) * 40 + 20;
        Assert.Equal("centre", phantom.RegionNames[phantom.Labels[middle]]);
        Assert.Equal(0.002f, phantom.D[middle]);
        Assert.Equal(0.15f, phantom.F[middle]);
        Assert.Equal(0.03f, phantom.DStar[middle]);
    }

    [Fact]
    public void Shading_changes_S0_by_no_more_than_it_says()
    {
        var (shaded, flat) = (Phantom.Make(Recipe), Phantom.Make(Recipe with { CoilShading = 0 }));
        double[] change = [.. shaded.S0.Zip(flat.S0).Where(p => p.Second > 0).Select(p => p.First / p.Second - 1.0)];
        Assert.All(change, c => Assert.InRange(c, -0.300001, 0.300001));
        Assert.True(change.Max() - change.Min() > 0.2);
        Assert.Equal(flat.D, shaded.D);
    }

    [Fact]
    public void Background_holds_Rayleigh_noise_of_the_stated_sigma()
    {
        var phantom = Phantom.Make(Recipe with { Width = 64, Height = 64, SignalToNoise = 25 });
        var background = Enumerable.Range(0, phantom.Voxels).Where(i => phantom.Labels[i] == 0)
            .Select(i => (double)phantom.Signals[i]).ToArray();
        double expected = 40 * Math.Sqrt(Math.PI / 2);   // σ = 1000 / 25
        double standardError = 40 * Math.Sqrt(2 - Math.PI / 2) / Math.Sqrt(background.Length);
        Assert.Equal(expected, background.Average(), 4 * standardError);
    }

    [Fact]
    public void Another_realisation_is_other_noise_on_the_same_truth()
    {
        var (first, second) = (Phantom.Make(Recipe), Phantom.Make(Recipe with { Realisation = 1 }));
        Assert.Equal(first.DStar, second.DStar);
        Assert.All(first.Signals.Zip(second.Signals).Take(1000), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Repeated_b_values_have_noise_of_their_own()
    {
        var phantom = Phantom.Make(Recipe);
        Assert.NotEqual(phantom.Volume(0).ToArray(), phantom.Volume(4).ToArray());
    }

    [Theory]
    [InlineData(0, 20, 0.1, 100)]
    [InlineData(8, 0, 0.1, 100)]
    [InlineData(8, 20, 1.1, 100)]
    [InlineData(8, 20, 0.1, -5)]
    public void A_recipe_out_of_range_is_refused(int depth, double signalToNoise, double shading, double b)
    {
        var refusal = Assert.Throws<RefusalException>(() => Phantom.Make(Recipe with
        {
            Depth = depth, SignalToNoise = signalToNoise, CoilShading = shading, BSecondsPerMm2 = [b],
        }));
        Assert.Equal("PHANTOM-RECIPE", refusal.Code);
    }

    [Fact]
    public void An_unknown_tissue_table_is_refused() =>
        Assert.Equal("PHANTOM-TISSUES", Assert.Throws<RefusalException>(() => TissueTable.Named("knee")).Code);

    [Fact]
    public void Every_tissue_names_its_source() => Assert.All(
        TissueTable.All.SelectMany(table => table.Tissues), tissue => Assert.NotEmpty(tissue.Source));

    [Fact]
    public void A_noise_free_phantom_gives_its_truth_back()
    {
        double[] b = [0, 10, 20, 40, 80, 150, 250, 400, 600, 800];
        var phantom = Phantom.Make(Recipe with { BSecondsPerMm2 = b, Noise = NoiseKind.None });
        int[] body = [.. Enumerable.Range(0, phantom.Voxels).Where(i => phantom.Labels[i] != 0)];
        float[] rows = [.. body.SelectMany(i => Enumerable.Range(0, b.Length)
            .Select(k => phantom.Volume(k)[i] / phantom.S0[i]))];
        var fit = LeastSquaresFit.Fit(rows, new BValueTable(b));
        for (int k = 0; k < body.Length; k++)
        {
            Assert.Equal(1, fit.D[k] / phantom.D[body[k]], 1e-4);       // two roundings to float, condition below 1000
            Assert.Equal(phantom.F[body[k]], fit.F[k], 2e-5);
        }
    }
}
