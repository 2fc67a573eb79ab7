using Ivim.Physics.Noise;
using Ivim.Physics.Phantoms;

namespace Ivim.Physics.Tests.Phantoms;

public sealed class KSpacePhantomTests
{
    private static readonly PhantomRecipe Recipe = new()
    {
        Kind = PhantomKind.Smooth, Width = 36, Height = 30, Depth = 3, BSecondsPerMm2 = [0, 10, 40, 150, 400, 700],
        Seed = 62, KSpace = new KSpaceRecipe { Width = 24, Height = 18, Coils = 4 },
    };

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var (one, four) = (Phantom.Make(Recipe), Phantom.Make(Recipe, degreeOfParallelism: 4));
        Assert.Equal(one.Signals, four.Signals);
        Assert.Equal(one.Reference!.DStar, four.Reference!.DStar);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void The_whole_of_k_space_without_noise_is_the_image_as_the_coils_shade_it(int coils)
    {
        var whole = new KSpaceRecipe { Width = 36, Height = 30, Coils = coils };
        var phantom = Phantom.Make(Recipe with { KSpace = whole, Noise = NoiseKind.None });
        var sampled = Phantom.Make(Recipe with { KSpace = null, Noise = NoiseKind.None });
        for (int i = 0; i < phantom.Signals.Length; i++)
        {
            int voxel = i % phantom.Voxels;
            double shade = phantom.S0[voxel] == 0 ? 0 : phantom.S0[voxel] / (double)sampled.S0[voxel];
            // Signals to 1200 in float32, 6e-8 relative, through a few thousand sums in double.
            Assert.Equal(shade * sampled.Signals[i], phantom.Signals[i], 1e-3);
        }
        // A fit without noise finds what was put in: to 1 % in D, since D* and f trade a little along a flat valley.
        for (int i = 0; i < phantom.Voxels; i++)
            Assert.Equal(phantom.D[i], phantom.Reference!.D[i], 0.01 * phantom.D[i]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void The_stored_image_has_the_noise_that_was_asked_for_correlated_as_the_band_says(int coils)
    {
        var kSpace = new KSpaceRecipe { Width = 32, Height = 48, Coils = coils };
        var recipe = Recipe with
        {
            Kind = PhantomKind.Piecewise, Tissues = TissueTable.NestedSquares, Width = 64, Height = 64,
            KSpace = kSpace, SignalToNoise = 100,
        };
        var noisy = Phantom.Make(recipe, 2);
        var clean = Phantom.Make(recipe with { Noise = NoiseKind.None }, 2);
        double squares = 0, besideX = 0, besideY = 0;
        int voxels = 0;
        // Signals far above the noise: there the magnitude's noise is the real part's.
        for (int i = 0; i < 64 * 63 * 3; i++)
        {
            if (noisy.Labels[i] == 0 || noisy.Labels[i + 1] == 0 || noisy.Labels[i + 64] == 0) continue;
            double here = noisy.Signals[i] - clean.Signals[i];
            squares += here * here;
            besideX += here * (noisy.Signals[i + 1] - clean.Signals[i + 1]);
            besideY += here * (noisy.Signals[i + 64] - clean.Signals[i + 64]);
            voxels++;
        }
        // 10,000 voxels, of which 3 in 8 are independent: 1.2 % for sigma, .016 for a correlation; three times that.
        Assert.Equal(recipe.Sigma, Math.Sqrt(squares / voxels), 0.036 * recipe.Sigma);
        Assert.Equal(Sinc(32 / 64.0), besideX / squares, 0.05);
        Assert.Equal(Sinc(48 / 64.0), besideY / squares, 0.05);
    }

    [Fact]
    public void Another_realisation_is_other_noise_on_the_same_truth()
    {
        var (first, second) = (Phantom.Make(Recipe), Phantom.Make(Recipe with { Realisation = 1 }));
        Assert.Equal(first.Reference!.D, second.Reference!.D);
        Assert.NotEqual(first.Signals, second.Signals);
    }

    [Theory]
    [InlineData(0, 18, 1)]
    [InlineData(24, 31, 1)]
    [InlineData(24, 18, 0)]
    public void A_part_that_is_no_part_is_refused(int width, int height, int coils)
    {
        var kSpace = new KSpaceRecipe { Width = width, Height = height, Coils = coils };
        var refusal = Assert.Throws<RefusalException>(() => Phantom.Make(Recipe with { KSpace = kSpace }));
        Assert.Equal("PHANTOM-RECIPE", refusal.Code);
    }

    private static double Sinc(double share) => Math.Sin(Math.PI * share) / (Math.PI * share);
}
