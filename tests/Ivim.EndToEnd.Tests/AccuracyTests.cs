using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;
using Ivim.Imaging.Nifti;

namespace Ivim.EndToEnd.Tests;

/// <summary>The segmented fit against the published per-pixel maps of a real scan.</summary>
/// <remarks>
/// Wetscherek, Stieltjes and Laun 2015, DOI 10.1002/mrm.25410: D and f of S/S0 = (1 - f) exp(-bD) on b of at least 200
/// s/mm2, fitted in another program. Files and their provenance: ../shared/data/ivim_abdomen.
/// </remarks>
public sealed class AccuracyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_segmented_fit_agrees_with_the_published_maps(int volunteer)
    {
        var scan = RealScan.Abdomen(volunteer);
        string publishedD = SharedData.Path($"ivim_abdomen/vol{volunteer}_ref_Dhighb.nii.gz");
        string publishedF = SharedData.Path($"ivim_abdomen/vol{volunteer}_ref_fhighb.nii.gz");
        var run = await IvimProcess.RunAsync(scan.MapTo(
            _folder.Path("out"), "--method", "segmented", "--denoise", "none"));
        PublishedAssert.IsComplete(_folder.Path("out"), scan.Image, run.MustBeDone(), "segmented");
        var study = new PublishedStudy(_folder.Path("out"));
        float[] mask = study.Read("mask").Voxels, d = study.Read("D").Voxels, f = study.Read("f").Voxels;
        float[] referenceD = NiftiFile.Read(publishedD).Voxels, referenceF = NiftiFile.Read(publishedF).Voxels;

        // Their D is in um2/ms. On a bound the two programs' bounds differ, not their fits.
        var comparable = Enumerable.Range(0, mask.Length)
            .Where(i => mask[i] == 1 && referenceF[i] is > 0.001f and < 0.68f && referenceD[i] is > 0 and < 3.99f)
            .ToList();
        Assert.True(comparable.Count > 500, $"{comparable.Count} pixels are too few to compare");
        // 2e-6 mm2/s and .002 are a five-hundredth of a tissue's D and a hundredth of its f, far below the noise.
        int close = comparable.Count(i =>
            Math.Abs(d[i] - referenceD[i] * 1e-3) <= 2e-6 && Math.Abs(f[i] - referenceF[i]) <= 2e-3);
        Assert.True(close >= 0.95 * comparable.Count, $"{close} of {comparable.Count} pixels agree");
    }
}
