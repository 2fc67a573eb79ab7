using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;

namespace Ivim.Imaging.Tests.Volumes;

/// <summary>Real scans against what their PROVENANCE.md says of them.</summary>
public sealed class RealSeriesTests
{
    [SkippableFact]
    public void The_cord_has_scaled_values_from_minus_297_to_2019_and_no_b_zero()
    {
        var image = NiftiFile.Read(SharedData.Path("ivim_cord/dwi_rl.nii.gz"));
        Assert.Equal(new ImageShape(128, 134, 6, 11), image.Header.Shape);
        Assert.Equal(0.0353, image.Header.ScaleSlope, 4);
        Assert.Equal(860.6, image.Header.ScaleIntercept, 0.05);
        // PROVENANCE gives whole numbers.
        Assert.Equal(-297, image.Voxels.Min(), 0.5f);
        Assert.Equal(2019, image.Voxels.Max(), 0.5f);
        var series = DiffusionSeries.From(image, BValueFile.Read(SharedData.Path("ivim_cord/bval_rl.txt")));
        Assert.Equal("NO-B0", Assert.Single(ReferenceSignal.Of(series).Warnings).Code);
    }

    [SkippableFact]
    public void Muscle_decays_as_recorded_after_sorting_and_averaging_its_directions()
    {
        string path = SharedData.Path("ivim_muscle/DTIdata.nii.gz");
        var sideCars = SideCars.Beside(path);
        var image = NiftiFile.Read(path);
        Assert.Equal(3563.92, image.Header.ScaleSlope, 0.005);

        var series = DiffusionSeries.From(
            image, BValueFile.Read(sideCars.RequireBValues()), BVectorFile.Read(sideCars.BVectorPath!));

        Assert.Equal([0.0, 1, 10, 25, 100, 200, 400, 600], series.BValues.SecondsPerMm2.ToArray());
        Assert.Equal([1, 6, 3, 3, 3, 6, 8, 12], series.BValues.Averages.ToArray());
        var reference = ReferenceSignal.Of(series);
        var mask = UsableVoxels.Of(series, reference, AutomaticMask.Of(series.Shape, reference).Mask).Mask;
        // PROVENANCE's decay is over another, unrecorded region and arithmetic: the same to 0.03.
        double[] expected = [1, 0.989, 0.957, 0.935, 0.816, 0.70, 0.51, 0.378];
        double zero = Median(0);
        for (int b = 0; b < expected.Length; b++) Assert.Equal(expected[b], Median(b) / zero, 0.03);

        double Median(int b)
        {
            float[] values = [.. mask.Voxels.Select(voxel => series.Signals[b][voxel]).Order()];
            return values[values.Length / 2];
        }
    }

    [SkippableTheory]
    [InlineData("ivim_abdomen/vol1_bipolar_trace_dwi.nii.gz", null, "ivim_abdomen/vol1_rois.nii.gz", 0.2, 0.6)]
    [InlineData("ivim_abdomen/vol2_bipolar_trace_dwi.nii.gz", null, "ivim_abdomen/vol2_rois.nii.gz", 0.2, 0.6)]
    [InlineData("ivim_prostate/prostate_1_5T_dwi.nii.gz", null, "ivim_prostate/prostate_1_5T_pz_roi.nii.gz", .4, .7)]
    [InlineData("ivim_prostate/prostate_1_5T_dwi.nii.gz", null, "ivim_prostate/prostate_1_5T_tumor_roi.nii.gz", .4, .7)]
    [InlineData("ivim_cord/dwi_rl.nii.gz", "ivim_cord/bval_rl.txt", "ivim_cord/cord_seg_dilated.nii.gz", 0.2, 0.6)]
    public void The_automatic_mask_holds_the_organs_that_people_drew(
        string relative, string? bValues, string region, double least, double most)
    {
        string path = SharedData.Path(relative);
        var b = BValueFile.Read(bValues is null ? SideCars.Beside(path).RequireBValues() : SharedData.Path(bValues));
        var series = DiffusionSeries.From(NiftiFile.Read(path), b);

        var (mask, _) = AutomaticMask.Of(series.Shape, ReferenceSignal.Of(series));

        var (drawn, _) = VoxelMask.From(NiftiFile.Read(SharedData.Path(region)), series.Header);
        // Rims of drawn regions may lie in the dark (the cord's is dilated); the body fills a fifth to two thirds of
        // these images.
        Assert.True(drawn.Voxels.Count(voxel => mask.Inside[voxel]) >= 0.97 * drawn.Count);
        Assert.InRange(mask.Count / (double)mask.Inside.Length, least, most);
    }
}
