namespace Ivim.Imaging.Nifti;

/// <summary>NIfTI-1 (348 header bytes) or NIfTI-2 (540).</summary>
public enum NiftiVersion
{
    One = 1,
    Two = 2,
}

internal static class NiftiVersions
{
    public static int HeaderBytes(this NiftiVersion version) => version == NiftiVersion.One ? 348 : 540;

    /// <summary>Where the voxels of a single file begin: the header and the four bytes that announce
    /// extensions.</summary>
    public static int SingleFileOffset(this NiftiVersion version) => version.HeaderBytes() + 4;
}
