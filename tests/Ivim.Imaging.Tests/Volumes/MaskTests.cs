using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Volumes;

public sealed class MaskTests
{
    private static readonly ImageShape Square = new(40, 40, 3, 1);

    [Fact]
    public void Inside_is_every_finite_value_above_zero()
    {
        var image = MadeSeries.Of(new ImageShape(5, 1, 1, 1), (x, _, _, _) =>
            new[] { 0, -1, 0.1f, float.NaN, float.PositiveInfinity }[x]);
        Assert.Equal([2], VoxelMask.From(image, image.Header).Mask.Voxels.ToArray());
    }

    [Fact]
    public void A_mask_of_another_shape_or_without_a_voxel_is_refused_and_one_elsewhere_is_warned_of()
    {
        var series = MadeSeries.Header(new ImageShape(4, 4, 2, 6));
        Refused("MASK-SHAPE", () =>
            VoxelMask.From(MadeSeries.Of(new ImageShape(4, 4, 1, 1), (_, _, _, _) => 1), series));
        Refused("MASK-EMPTY", () =>
            VoxelMask.From(MadeSeries.Of(new ImageShape(4, 4, 2, 1), (_, _, _, _) => 0), series));
        var shifted = NiftiGeometry.Create(new ImageShape(4, 4, 2, 1),
            new AffineMatrix([2, 0, 0, 0.5, 0, 2, 0, 0, 0, 0, 2, 0]));
        var warning = Assert.Single(VoxelMask.From(new NiftiImage(shifted, [.. Enumerable.Repeat(1f, 32)]),
            series).Warnings);
        Assert.Equal("MASK-GEOMETRY", warning.Code);
        Assert.Empty(VoxelMask.From(MadeSeries.Of(new ImageShape(4, 4, 2, 1), (_, _, _, _) => 1), series).Warnings);
    }

    [Fact]
    public void Voxels_that_no_fit_could_use_are_left_out_and_counted()
    {
        float[][] voxels =
        [
            [10, 8, 6, 4], [10, float.NaN, 6, 4], [0, 8, 6, 4], [0, 0, 0, 0], [7, 7, 7, 7], [-1, 8, 6, 4],
            [10, 8, float.PositiveInfinity, 4], [10, 0, -6, 4],
        ];
        var series = DiffusionSeries.From(MadeSeries.Of(new ImageShape(8, 1, 1, 4), (x, _, _, t) => voxels[x][t]),
            [0, 10, 20, 30]);
        var all = new VoxelMask(new ImageShape(8, 1, 1, 1), [.. Enumerable.Repeat(true, 8)]);

        var (mask, warnings) = UsableVoxels.Of(series, ReferenceSignal.Of(series), all);

        Assert.Equal([0, 7], mask.Voxels.ToArray());
        Assert.Equal(
            ["VOXELS-NOT-FINITE: 2", "VOXELS-NO-REFERENCE: 3", "VOXELS-CONSTANT: 1"],
            warnings.Select(w => w.ToString()[..(w.ToString().IndexOf(' ', StringComparison.Ordinal) + 2)]));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.02)]
    [InlineData(0.1)]
    public void Two_bodies_in_noise_are_both_found_with_their_holes_filled(double noise)
    {
        var random = new RandomStream(11);
        var image = MadeSeries.Of(Square, (x, y, z, _) =>
        {
            ulong index = (ulong)((z * 40 + y) * 40 + x);
            double signal = Body(x, y) ? 1 : 0;
            return (float)(1000 * Math.Sqrt(
                Math.Pow(signal + noise * random.Gaussian(2 * index), 2)
                    + Math.Pow(noise * random.Gaussian(2 * index + 1), 2)));
        });

        var (mask, warnings) = AutomaticMask.Of(Square, Reference(image));

        Assert.Empty(warnings);
        // A 3 x 3 median rounds corners: each of the two squares may lose its four in each slice.
        int wrong = Enumerable.Range(0, mask.Inside.Length).Count(i => mask.Inside[i] != Filled(i % 40, i / 40 % 40));
        Assert.InRange(wrong, 0, 24);
        Assert.True(mask.Inside[40 * 12 + 10], "the hole inside a body belongs to it");

        static bool Filled(int x, int y) =>
            y is >= 5 and < 20 && x is (>= 3 and < 18) or (>= 22 and < 37) && y is >= 5 and < 20;
        static bool Body(int x, int y) => Filled(x, y) && !(x is >= 9 and <= 11 && y is >= 11 and <= 13);
    }

    [Fact]
    public void A_small_part_far_from_the_body_is_dropped()
    {
        var image = MadeSeries.Of(Square, (x, y, _, _) =>
            (x is > 10 and < 30 && y is > 10 and < 30) || (x < 4 && y < 4) ? 500 : 5);
        var (mask, _) = AutomaticMask.Of(Square, Reference(image));
        Assert.False(mask.Inside[41]);
        Assert.True(mask.Inside[40 * 20 + 20]);
    }

    [Fact]
    public void An_image_that_is_tissue_everywhere_is_mapped_everywhere()
    {
        var image = MadeSeries.Of(Square, (x, y, _, _) => 100 + x + y);
        var (mask, warnings) = AutomaticMask.Of(Square, Reference(image));
        Assert.Equal(4800, mask.Count);
        Assert.Equal("MASK-WHOLE-IMAGE", Assert.Single(warnings).Code);
    }

    [Fact]
    public void An_image_without_a_signal_is_refused()
    {
        Refused("MASK-EMPTY", () => AutomaticMask.Of(Square, Reference(MadeSeries.Of(Square, (_, _, _, _) => 0))));
        Refused("MASK-EMPTY", () =>
            AutomaticMask.Of(Square, Reference(MadeSeries.Of(Square, (_, _, _, _) => float.NaN))));
    }

    private static ReferenceSignal Reference(NiftiImage image) => new(image.Voxels, 0, []);

    private static void Refused(string code, Action action) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(action).Code);
}
