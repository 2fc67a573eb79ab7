using Ivim.Physics;

namespace Ivim.Imaging.Nifti;

/// <summary>The refusals of the NIfTI reader, each worded once; docs/errors.md lists them.</summary>
internal static class NiftiRefusals
{
    private const string CopyAgain = "copy or convert the file again";

    public static RefusalException NotNifti(string found) =>
        new("NIFTI-NOT-NIFTI", found, "a NIfTI-1 or NIfTI-2 header", "give a .nii, .nii.gz or .hdr/.img image");

    public static RefusalException Analyze() =>
        new("NIFTI-ANALYZE", "an Analyze 7.5 header, which does not say which side is left", "a NIfTI header",
            "convert the scan to NIfTI from its DICOM files");

    public static RefusalException BadHeader(string found, string expected) =>
        new("NIFTI-BAD-HEADER", found, expected, CopyAgain);

    public static RefusalException DataType(long code) =>
        new("NIFTI-DATATYPE", $"voxel type code {code}", "a real number type of 8 to 64 bits",
            "convert the image to float32 magnitudes");

    public static RefusalException Dimensions(string found) =>
        new("NIFTI-DIMENSIONS", found, "an image of at most four dimensions",
            "store the volumes along the fourth dimension");

    public static RefusalException Truncated(string found, string expected) =>
        new("NIFTI-TRUNCATED", found, expected, CopyAgain);

    public static RefusalException CorruptGzip(string found, Exception? cause = null) =>
        new("NIFTI-CORRUPT-GZIP", found, "an intact gzip stream", CopyAgain, cause);

    public static RefusalException TooLarge(string found, string expected) =>
        new("NIFTI-TOO-LARGE", found, expected, "give the process more memory or crop the image");
}
