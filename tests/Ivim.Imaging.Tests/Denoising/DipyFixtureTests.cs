using Ivim.Imaging.Denoising;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Tests.Denoising;

/// <summary>Against the stored output of dipy 1.6.0 on a simulated series (tests/fixtures/denoising).</summary>
public sealed class DipyFixtureTests
{
    private const double Sigma = 25;

    // Both compute in double precision; their outputs are stored in float32, relative 6e-8 of some 1,000.
    private const double Tolerance = 2e-4;

    [Fact]
    public void Mppca_gives_what_dipy_gives()
    {
        var options = new LocalPcaOptions { Patch = new PatchSize(3, 3, 3), UnbiasedSigma = false };
        var denoised = LocalPca.Denoise(Read("simulated.nii.gz"), options);
        AssertEqual(Read("dipy_mppca.nii.gz").Voxels, denoised.Signals);
        AssertEqual(Read("dipy_mppca_sigma.nii.gz").Voxels, denoised.Sigma);
    }

    [Fact]
    public void Local_pca_with_a_given_sigma_and_a_flat_patch_gives_what_dipy_gives()
    {
        var options = new LocalPcaOptions { Patch = new PatchSize(3, 5, 3), Sigma = [Sigma], TauFactor = 2.3 };
        var denoised = LocalPca.Denoise(Read("simulated.nii.gz"), options);
        AssertEqual(Read("dipy_localpca.nii.gz").Voxels, denoised.Signals);
    }

    [Fact]
    public void A_sigma_map_that_is_the_same_everywhere_is_one_sigma()
    {
        var series = Read("simulated.nii.gz");
        var options = new LocalPcaOptions { Patch = new PatchSize(3, 3, 3), Sigma = [Sigma] };
        var map = options with { Sigma = [.. Enumerable.Repeat(Sigma, (int)series.Header.Shape.VoxelsPerVolume)] };
        Assert.Equal(LocalPca.Denoise(series, options).Signals, LocalPca.Denoise(series, map).Signals);
    }

    private static NiftiImage Read(string name) => NiftiFile.Read(DipyProgram.Fixture(name));

    private static void AssertEqual(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], Tolerance);
    }
}
