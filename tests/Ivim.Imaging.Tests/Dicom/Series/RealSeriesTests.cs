using System.Diagnostics;
using System.IO.Compression;
using Ivim.Imaging.Dicom.Series;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Tests.Dicom.Series;

/// <summary>Real scans of five scanners against what dcm2niix made of them (each folder's PROVENANCE.md).</summary>
public sealed class RealSeriesTests : IDisposable
{
    // The references' b-vectors have six digits; affines are single precision of numbers up to 1000.
    private const double OfAffine = 1e-4, OfDirection = 1e-4;

    private readonly TemporaryFolder _folder = new();

    [SkippableFact]
    public void GE_classic_with_b_0_in_a_private_element_only() => Compare(
        SharedData.Path("dicom_ge/In/01_Ax_DWI_TENSOR_R2"), "dicom_ge/Ref/Ax_DWI_TENSOR_R2_1", ".nii");

    [SkippableFact]
    public void Siemens_mosaic() => Compare(
        SharedData.Path("dicom_siemens_mosaic/In"), "dicom_siemens_mosaic/Ref/subset4_dcm2niix", ".nii.gz");

    [SkippableFact]
    public void Siemens_enhanced_with_one_file_for_each_volume() => Compare(
        SharedData.Path("dicom_siemens_enhanced/In/TerraX_14_PRODUCT__ep2d_diff__p3_sms1"),
        "dicom_siemens_enhanced/Ref/phantom_check_MBfactor_TerraX_XA60_14_PRODUCT_ep2d_diff_p3_sms1", ".nii");

    [SkippableFact]
    public void Canon_enhanced_with_all_volumes_in_one_file() => Compare(
        Unzipped("dicom_canon/In/3000.dcm.gz"), "dicom_canon/Ref/3000_DTI_PA-ortho_enh", ".nii.gz");

    [SkippableFact]
    public void Philips_classic_with_five_spellings_of_b_0_and_foreign_objects()
    {
        var series = Compare(Untarred("dicom_philips/philips_701_biobank_cl.tar.xz"),
            "dicom_philips/Ref/dcm2niix_701", ".nii.gz", "dicom_philips/Ref/701_DTI_Biobank_2mm_MB3S2_EPI_cl");
        Assert.Equal(["DICOM-OTHER-OBJECTS"], series.Warnings.Select(warning => warning.Code));
        Assert.Equal([5, 12], BValueClusters.Of(series.BSecondsPerMm2).Volumes.Select(cluster => cluster.Length));
    }

    [SkippableFact]
    public void A_DICOMDIR_names_the_same_images_as_its_folder()
    {
        string folder = Untarred("dicom_philips/philips_701_biobank_cl.tar.xz");
        var reader = new DicomSeriesReader();
        var listed = reader.List(Path.Combine(folder, "DICOMDIR")).Series.Single();
        Assert.Equal(reader.List(folder).Series.Single().ToString(), listed.ToString());
        Assert.Equal("1: 544 images, b = 0 1000", listed.ToString());
    }

    public void Dispose() => _folder.Dispose();

    private static DicomSeries Compare(string input, string reference, string ending, string? tables = null)
    {
        var expected = NiftiFile.Read(SharedData.Path(reference + ending));
        var found = new DicomSeriesReader().Read(input);
        Assert.Equal(expected.Header.Shape, found.Image.Header.Shape);
        double off = expected.Header.Affine.LargestDifference(found.Image.Header.Affine);
        Assert.True(off <= OfAffine, $"the affine is {off} off");
        Assert.True(expected.Voxels.AsSpan().SequenceEqual(found.Image.Voxels), "other voxels");
        double[] b = BValueFile.Read(SharedData.Path((tables ?? reference) + ".bval"));
        Assert.Equal(b.Length, found.BSecondsPerMm2.Length);
        // Philips keeps 0.001 in single precision.
        for (int i = 0; i < b.Length; i++) Assert.Equal(b[i], found.BSecondsPerMm2[i], 1e-6);
        var directions = BVectorFile.Read(SharedData.Path((tables ?? reference) + ".bvec"));
        for (int i = 0; i < b.Length; i++)
            if (b[i] > 0.5) AssertAlong(directions[i], found.Directions!.Value[i]);
        return found;
    }

    private static void AssertAlong(GradientDirection expected, GradientDirection found)
    {
        double sign = expected.X * found.X + expected.Y * found.Y + expected.Z * found.Z < 0 ? -1 : 1;
        Assert.Equal(expected.X, sign * found.X, OfDirection);
        Assert.Equal(expected.Y, sign * found.Y, OfDirection);
        Assert.Equal(expected.Z, sign * found.Z, OfDirection);
    }

    private string Unzipped(string packed)
    {
        string path = _folder.Path("object.dcm");
        using var from = new GZipStream(File.OpenRead(SharedData.Path(packed)), CompressionMode.Decompress);
        using var to = File.Create(path);
        from.CopyTo(to);
        return path;
    }

    private string Untarred(string packed)
    {
        string archive = SharedData.Path(packed);
        try
        {
            using var tar = Process.Start("tar", (string[])["xJf", archive, "-C", _folder.Root]);
            tar.WaitForExit();
            Skip.IfNot(tar.ExitCode == 0, "tar cannot unpack .xz here");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "no tar on this machine");
        }
        return _folder.Root;
    }
}
