using Ivim.Physics.Evaluation;

namespace Ivim.Physics.Tests.Evaluation;

public sealed class SeamIndexTests
{
    private const int SliceVoxels = 50, Slices = 12;

    private static readonly HashSet<int> Borders = [3, 7];   // slabs of four slices

    [Fact]
    public void A_map_that_is_its_reference_has_no_seam()
    {
        var reference = Anatomy();
        var seam = SeamIndex.Measure(reference, reference, Everywhere(), SliceVoxels, Borders);
        Assert.Equal(1, seam!.Index);
        Assert.Equal(0, seam.BorderStep);
    }

    [Fact]
    public void Differences_below_a_hundredth_of_the_anatomys_steps_are_no_seam()
    {
        var reference = Anatomy();
        var map = Shifted(reference, slab => slab * 1e-5f);   // anatomy steps by about 0.5
        var seam = SeamIndex.Measure(map, reference, Everywhere(), SliceVoxels, Borders);
        Assert.InRange(seam!.Index, 1, 1.01);
    }

    [Fact]
    public void Random_errors_without_slabs_have_an_index_near_one()
    {
        var reference = Anatomy();
        var stream = new RandomStream(72);
        float[] map = [.. reference.Select((v, i) => v + 0.1f * (float)stream.Gaussian((ulong)i))];
        var seam = SeamIndex.Measure(map, reference, Everywhere(), SliceVoxels, Borders);
        // Mean |step| of 100 border voxels has a relative standard error of 0.756 / √100 = 8 %.
        Assert.Equal(1, seam!.Index, 0.25);
    }

    [Fact]
    public void Slabs_with_a_bias_of_their_own_are_seen()
    {
        var reference = Anatomy();
        var map = Shifted(reference, slab => slab % 2 * 0.2f);
        var seam = SeamIndex.Measure(map, reference, Everywhere(), SliceVoxels, Borders);
        Assert.Equal(0.2, seam!.BorderStep, 1e-6);
        Assert.Equal(0, seam.InteriorStep, 1e-6);
        Assert.True(seam.Index > 10);
    }

    [Fact]
    public void Steps_count_only_where_both_slices_are_in_the_mask()
    {
        // Two slices of two voxels; the second voxel is masked in the upper slice.
        var seam = SeamIndex.Measure(
            [0, 0, 1, 100, 3, 3], [], [true, true, true, false, true, true], 2, new HashSet<int> { 0 });
        Assert.Equal(1, seam!.BorderStep);
        Assert.Equal(2, seam.InteriorStep);
        Assert.Equal(0.015, seam.Floor, 1e-15);
        Assert.Equal(1.015 / 2.015, seam.Index, 1e-15);
    }

    [Fact]
    public void Without_a_border_there_is_nothing_to_say()
    {
        Assert.Null(SeamIndex.Measure(Anatomy(), [], Everywhere(), SliceVoxels, new HashSet<int>()));
        Assert.Null(SeamIndex.Measure(Anatomy(), [], new bool[SliceVoxels * Slices], SliceVoxels, Borders));
    }

    [Fact]
    public void Grids_that_differ_are_refused() => Assert.Throws<ArgumentException>(
        () => SeamIndex.Measure(new float[8], new float[4], new bool[8], 4, Borders));

    private static float[] Anatomy()
    {
        var stream = new RandomStream(71);
        return [.. Enumerable.Range(0, SliceVoxels * Slices).Select(i => (float)stream.Uniform((ulong)i, 0, 1.5))];
    }

    private static float[] Shifted(float[] map, Func<int, float> bySlab) =>
        [.. map.Select((v, i) => v + bySlab(i / SliceVoxels / 4))];

    private static bool[] Everywhere() => [.. Enumerable.Repeat(true, SliceVoxels * Slices)];

    /// <summary>One voxel a slice: steps 1, 1, 5, 1, 2, 1, of which the third and the fifth cross borders.</summary>
    [Fact]
    public void Each_border_is_measured_against_the_slices_inside_slabs_alone()
    {
        float[] map = [0, 1, 2, 7, 8, 10, 11];
        bool[] mask = [true, true, true, true, true, true, true];
        double floor = 0.01 * 11 / 6; // 1 % of the mean step
        var each = SeamIndex.OfEach(map, mask, 1, new HashSet<int> { 4, 2, 9 });
        Assert.Equal([2, 4], each.Select(border => border.Border));
        Assert.Equal((5 + floor) / (1 + floor), each[0].Index, 12);
        Assert.Equal((2 + floor) / (1 + floor), each[1].Index, 12);
    }
}
