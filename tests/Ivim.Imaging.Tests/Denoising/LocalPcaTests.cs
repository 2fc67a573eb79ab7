using CsCheck;
using Ivim.Imaging.Denoising;
using Ivim.Imaging.Nifti;
using Ivim.Physics;
using Ivim.Physics.Noise;

namespace Ivim.Imaging.Tests.Denoising;

public sealed class LocalPcaTests
{
    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        var block = SimulatedSeries.Block(24, 22, 5);
        var one = Denoise(block, new LocalPcaOptions { Threads = 1 });
        foreach (int threads in new[] { 2, 3, 7 })
            AssertSame(one, Denoise(block, new LocalPcaOptions { Threads = threads }));
    }

    [Fact]
    public void A_slab_with_its_halo_gives_the_bits_of_the_whole_volume()
    {
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[0, 8], Gen.Int[0, 8], Gen.ULong)
            .Sample((slices, plane, depth, a, b, seed) =>
            {
                var block = SimulatedSeries.Block(11, 9, slices, seed);
                var options = new LocalPcaOptions { Patch = new PatchSize(2 * plane + 1, 3, 2 * depth + 1) };
                var whole = Denoise(block, options);
                int first = Math.Min(a, b) % slices, last = Math.Max(first, Math.Max(a, b) % slices);
                var (from, to) = SliceBlock.Needed(block.Whole, first, last, whole.Patch);
                Assert.True(first - from <= 2 * depth || from == slices - whole.Patch.Depth);
                var slab = LocalPca.Denoise(block.Cut(from, to), first, last, options);
                AssertSame(Cut(whole, first, last), slab);
            }, iter: 40);
    }

    [Fact]
    public void The_error_of_the_signals_falls_to_a_fraction_of_the_noise()
    {
        var block = SimulatedSeries.Block(32, 32, 6, noise: NoiseKind.Gaussian);
        var truth = SimulatedSeries.NoiseFree(32, 32, 6);
        var denoised = Denoise(block, new LocalPcaOptions { ClipNegative = false });
        double before = Error(block.Voxels, truth), after = Error(denoised.Signals, truth);
        // Two tissues and background have rank 2 or 3 of 12: about a half of sigma is left, and less by averaging.
        Assert.InRange(after / before, 0.1, 0.5);
        double kept = denoised.KeptComponents.Average(), ratio = EffectiveNoise.Ratio(kept, 12, 125);
        Assert.InRange(after / before / ratio, 0.6, 1.15);
    }

    [Fact]
    public void The_sigma_map_shows_the_noise_that_was_added()
    {
        var block = SimulatedSeries.Block(32, 32, 6, noise: NoiseKind.Gaussian);
        double[] sigma = [.. Denoise(block, new LocalPcaOptions()).Sigma.Select(value => (double)value).Order()];
        // A patch has some 125 x 9 noise values: its sigma scatters by 2 %, the median by far less.
        Assert.Equal(SimulatedSeries.Sigma, sigma[sigma.Length / 2], 0.02 * SimulatedSeries.Sigma);
    }

    [Fact]
    public void A_patch_that_is_constant_stays_what_it_is()
    {
        var voxels = new float[7 * 7 * 3 * 6];
        Array.Fill(voxels, 0f, 0, voxels.Length / 2);
        Array.Fill(voxels, 12.5f, voxels.Length / 2, voxels.Length - voxels.Length / 2);
        var block = new SliceBlock(new ImageShape(7, 7, 3, 6), 0, 3, voxels);
        var denoised = Denoise(block, new LocalPcaOptions());
        Assert.Equal(voxels, denoised.Signals, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.All(denoised.Sigma, value => Assert.Equal(0, value, 1e-5));
    }

    [Fact]
    public void A_voxel_that_is_not_finite_spoils_no_other()
    {
        var block = SimulatedSeries.Block(16, 16, 5);
        var broken = (float[])block.Voxels.Clone();
        const int Voxel = 2 * 256 + 8 * 16 + 8;
        broken[3 * block.VoxelsPerVolume + Voxel] = float.NaN;
        var denoised = Denoise(new SliceBlock(block.Whole, 0, 5, broken), new LocalPcaOptions());
        Assert.Equal(1, denoised.Signals.Count(float.IsNaN));
        Assert.Equal(block.Voxels[Voxel], denoised.Signals[Voxel]);
        Assert.True(float.IsNaN(denoised.Sigma[Voxel]));
        Assert.False(float.IsNaN(denoised.Sigma[0]));
    }

    [Fact]
    public void Outside_the_mask_signals_stay_raw_and_every_voxel_inside_is_denoised()
    {
        var block = SimulatedSeries.Block(16, 16, 5);
        bool[] mask = [.. Enumerable.Range(0, block.VoxelsPerVolume).Select(i => i % 16 < 5)];
        var denoised = Denoise(block, new LocalPcaOptions { Mask = mask });
        var all = Denoise(block, new LocalPcaOptions());
        for (int i = 0; i < mask.Length; i++)
        {
            Assert.Equal(mask[i], !float.IsNaN(denoised.Sigma[i]));
            if (!mask[i]) Assert.Equal(block.Voxels[i], denoised.Signals[i]);
            // Patches of voxels up to column 4 are all that touch columns 0 to 2.
            else if (i % 16 <= 2) Assert.Equal(all.Signals[i], denoised.Signals[i]);
        }
    }

    [Theory]
    [InlineData(64, 64, 8, 12, 5, 5, 5, "5x5x5")]
    [InlineData(64, 64, 1, 12, 5, 5, 5, "5x5x1")]
    [InlineData(64, 64, 1, 42, 5, 5, 5, "7x7x1")]
    [InlineData(100, 96, 1, 300, 5, 5, 5, "19x17x1")]
    [InlineData(64, 64, 4, 12, 5, 5, 5, "5x5x3")]
    [InlineData(64, 4, 9, 30, 5, 5, 3, "5x3x3")]
    [InlineData(64, 64, 9, 42, 3, 3, 3, "5x3x3")]
    public void A_patch_is_cut_to_the_image_and_widened_in_plane_for_many_volumes(
        int width, int height, int slices, int volumes, int x, int y, int z, string expected) =>
        Assert.Equal(expected,
            new PatchSize(x, y, z).FittedTo(new ImageShape(width, height, slices, volumes)).ToString());

    [Fact]
    public void An_image_smaller_than_its_number_of_volumes_is_refused()
    {
        var refusal = Assert.Throws<RefusalException>(() =>
            new PatchSize(5, 5, 5).FittedTo(new ImageShape(4, 4, 1, 12)));
        Assert.Equal("DENOISE-TOO-FEW-VOXELS", refusal.Code);
    }

    private static DenoisedSlices Denoise(SliceBlock block, LocalPcaOptions options) =>
        LocalPca.Denoise(block, 0, block.Whole.Slices - 1, options);

    private static DenoisedSlices Cut(DenoisedSlices whole, int first, int last)
    {
        var shape = whole.Whole;
        float[] Slices(float[] values, int volumes) =>
            new SliceBlock(shape with { Volumes = volumes }, 0, shape.Slices, values).Cut(first, last).Voxels;
        return whole with
        {
            FirstSlice = first,
            Slices = last - first + 1,
            Signals = Slices(whole.Signals, shape.Volumes),
            Sigma = Slices(whole.Sigma, 1),
            KeptComponents = Slices(whole.KeptComponents, 1),
        };
    }

    private static void AssertSame(DenoisedSlices expected, DenoisedSlices actual)
    {
        Assert.Equal(Bits(expected.Signals), Bits(actual.Signals));
        Assert.Equal(Bits(expected.Sigma), Bits(actual.Sigma));
        Assert.Equal(Bits(expected.KeptComponents), Bits(actual.KeptComponents));
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);

    private static double Error(float[] values, float[] truth) =>
        Math.Sqrt(values.Select((value, i) => Math.Pow(value - truth[i], 2)).Average());
}
