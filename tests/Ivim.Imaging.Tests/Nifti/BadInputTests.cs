using System.Diagnostics;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Nifti;

/// <summary>Third-party odd and broken files: opened, or refused with a code, within seconds.</summary>
public sealed class BadInputTests
{
    [SkippableTheory]
    [InlineData("badinput/nifti")]
    [InlineData("badinput/nibabel")]
    [InlineData("badinput/dipy_debian")]
    [InlineData("badinput/pydicom_debian")]
    public void Every_file_is_opened_or_refused(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(SharedData.Path(folder)))
        {
            var clock = Stopwatch.StartNew();
            OpenedOrRefused(() => NiftiFile.Read(path));
            OpenedOrRefused(() => BValueFile.Read(path));
            OpenedOrRefused(() => BVectorFile.Read(path));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), Path.GetFileName(path));
        }
    }

    [SkippableTheory]
    [InlineData("badinput/nifti/minimal.nii", "")]
    [InlineData("badinput/nifti/minimal.hdr", "")]
    [InlineData("badinput/nifti/minimal.hdr.gz", "")]
    [InlineData("badinput/nifti/minimal2.hdr", "")]
    [InlineData("badinput/nifti/f32.nii.gz", "")]
    [InlineData("badinput/nifti/avg152T1_LR_nifti.hdr.gz", "FILE-MISSING")]
    [InlineData("badinput/nibabel/analyze.hdr", "NIFTI-ANALYZE")]
    [InlineData("badinput/nibabel/bad_datatype+orig.HEAD", "NIFTI-NOT-NIFTI")]
    [InlineData("badinput/nibabel/nifti1.hdr", "FILE-MISSING")]
    [InlineData("badinput/nibabel/nifti2.hdr", "FILE-MISSING")]
    [InlineData("badinput/nibabel/row_major.dconn.nii", "NIFTI-DIMENSIONS")]
    [InlineData("badinput/nibabel/standard.nii.gz", "")]
    [InlineData("badinput/dipy_debian/small_101D.nii.gz", "")]
    public void The_outcome_is_the_expected_one(string relative, string code)
    {
        string path = SharedData.Path(relative);
        if (code.Length == 0) Assert.NotEmpty(NiftiFile.Read(path).Voxels);
        else Assert.Equal(code, Assert.Throws<RefusalException>(() => NiftiFile.Read(path)).Code);
    }

    private static void OpenedOrRefused(Action open)
    {
        try
        {
            open();
        }
        catch (RefusalException refusal)
        {
            Assert.NotEmpty(refusal.Code);
        }
    }
}
