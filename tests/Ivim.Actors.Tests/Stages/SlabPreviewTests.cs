using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Learning;
using Ivim.Physics;

namespace Ivim.Actors.Tests.Stages;

/// <summary>Three slabs of one slice of two voxels each: merged, half done, and not begun.</summary>
public sealed class SlabPreviewTests
{
    private static readonly ImageShape Shape = new(2, 1, 3, 1);

    private static readonly byte[] Frame = ArrayFile.Write(new StudyFrame(
        NiftiGeometry.Create(Shape, new AffineMatrix([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0])),
        // The second voxel of the first slice is outside the mask.
        Voxels: [0, 2, 3, 4, 5], Reference: [100, 200, 300, 400, 500], ReferenceBSecondsPerMm2: 0,
        new BValueTable([0, 100]), SlabLayout.Cut(slices: 3, slabSlices: 1, haloSlices: 1)).ToArrays());

    private static readonly byte[][][] Slabs =
    [
        [File([1], spread: [0.25f])], [File([2, 4]), File([4, 8]), File([6, 3])], [],
    ];

    [Fact]
    public void A_merged_slab_is_as_merged_others_the_mean_of_what_is_done_and_the_rest_is_nothing() =>
        Assert.Equal([1, 0, 4, 5, 0, 0], Voxels("D"));

    [Fact]
    public void S0_is_in_scanner_units() => Assert.Equal([100, 0, 800, 1500, 0, 0], Voxels("S0"));

    /// <summary>Of 2, 4 and 6 the standard deviation is 2, of 4, 8 and 3 it is the root of 7.</summary>
    [Fact]
    public void The_spread_is_that_of_the_merge_or_over_the_networks_that_are_done() =>
        Assert.Equal([0.25f, 0, 2, (float)Math.Sqrt(7), 0, 0], Voxels("D-std"));

    [Fact]
    public void One_network_alone_has_no_spread() =>
        Assert.All(Read(SlabPreview.Write(Frame, [[], [File([2, 4])], []], "f-std")), value => Assert.Equal(0, value));

    [Theory]
    [InlineData("D")]
    [InlineData("Dstar-std")]
    [InlineData("rmse")]
    public void There_is_a_preview_of_what_is_published(string parameter) =>
        Assert.Contains(parameter, SlabPreview.Parameters);

    private static float[] Voxels(string parameter) => Read(SlabPreview.Write(Frame, Slabs, parameter));

    private static float[] Read(byte[] image)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".nii.gz");
        System.IO.File.WriteAllBytes(path, image);
        try
        {
            return NiftiFile.Read(path).Voxels;
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    /// <summary>All five maps have the same values.</summary>
    private static byte[] File(float[] values, float[]? spread = null) => ArrayFile.Write(
        new SlabMaps(Maps(values), spread is null ? null : Maps(spread), 0).ToArrays());

    private static ParameterMaps Maps(float[] values) => new(values, values, values, values, values);
}
