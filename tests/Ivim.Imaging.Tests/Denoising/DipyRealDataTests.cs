using Ivim.Imaging.Denoising;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Tests.Denoising;

/// <summary>Real scans through dipy and through this room: a hundredth of sigma is asked for.</summary>
public sealed class DipyRealDataTests
{
    private const double LargestShareOfSigma = 0.01;

    [SkippableTheory]
    [InlineData("ivim_muscle/DTIdata.nii.gz", 55, 73, 75, 93, 2, 2, 2)]
    [InlineData("ivim_muscle/DTIdata.nii.gz", 30, 42, 62, 74, 2, 2, 1)]
    [InlineData("ivim_prostate/prostate_1_5T_dwi.nii.gz", 90, 150, 90, 150, 2, 2, 2)]
    [InlineData("ivim_prostate/prostate_1_5T_dwi.nii.gz", 60, 100, 90, 130, 1, 1, 1)]
    [InlineData("ivim_cord/dwi_rl.nii.gz", 40, 80, 40, 80, 2, 2, 1)]
    [InlineData("ivim_abdomen/vol1_bipolar_trace_dwi.nii.gz", 10, 80, 10, 80, 2, 2, 0)]
    public void Mppca_agrees(string file, params int[] numbers)
    {
        using var folder = new TemporaryFolder();
        string image = SharedData.Path(file);
        DipyProgram.RequireInstalled();
        DipyProgram.Denoise(image, folder.Root, numbers);
        var expected = NiftiFile.Read(folder.Path("denoised.nii")).Voxels;
        var sigma = NiftiFile.Read(folder.Path("sigma.nii")).Voxels;
        var actual = LocalPca.Denoise(NiftiFile.Read(folder.Path("part.nii")),
            new LocalPcaOptions { Patch = Patch(numbers), UnbiasedSigma = false });
        float[] positive = [.. sigma.Where(value => value > 0).Order()];
        double level = positive[positive.Length / 2];
        Assert.InRange(RootMeanSquare(expected, actual.Signals) / level, 0, LargestShareOfSigma);
        Assert.InRange(RootMeanSquare(sigma, actual.Sigma) / level, 0, LargestShareOfSigma);
    }

    [SkippableTheory]
    [InlineData("ivim_muscle/DTIdata.nii.gz", 5000, 2.3, 60, 75, 80, 95, 2, 2, 2)]
    [InlineData("ivim_prostate/prostate_1_5T_dwi.nii.gz", 5, 1.6, 90, 150, 90, 150, 2, 2, 1)]
    public void Local_pca_agrees(string file, double sigma, double tau, params int[] numbers)
    {
        using var folder = new TemporaryFolder();
        string image = SharedData.Path(file);
        DipyProgram.RequireInstalled();
        DipyProgram.Denoise(image, folder.Root, numbers, sigma, tau);
        var expected = NiftiFile.Read(folder.Path("denoised.nii")).Voxels;
        var actual = LocalPca.Denoise(NiftiFile.Read(folder.Path("part.nii")),
            new LocalPcaOptions { Patch = Patch(numbers), Sigma = [sigma], TauFactor = tau });
        Assert.InRange(RootMeanSquare(expected, actual.Signals) / sigma, 0, LargestShareOfSigma);
    }

    private static PatchSize Patch(int[] numbers) =>
        new(2 * numbers[4] + 1, 2 * numbers[5] + 1, 2 * numbers[6] + 1);

    private static double RootMeanSquare(float[] a, float[] b)
    {
        Assert.Equal(a.Length, b.Length);
        Assert.DoesNotContain(float.NaN, b);
        // dipy's sigma is NaN where a patch is constant, as in a zeroed background: the mean of no eigenvalue.
        return Math.Sqrt(a.Zip(b).Where(pair => !float.IsNaN(pair.First))
            .Average(pair => Math.Pow((double)pair.First - pair.Second, 2)));
    }
}
