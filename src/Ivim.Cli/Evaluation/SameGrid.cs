using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Cli.Evaluation;

/// <summary>Whether two images may be compared voxel by voxel.</summary>
internal static class SameGrid
{
    // A hundredth of a voxel: rounding of header fields stays below, a shift or a flip does not.
    private const double ToleratedShift = 0.01;

    /// <exception cref="RefusalException">SHAPE-MISMATCH or GEOMETRY-MISMATCH.</exception>
    public static void Require(NiftiHeader image, NiftiHeader expected, string role)
    {
        if (image.Shape != expected.Shape)
            throw new RefusalException("SHAPE-MISMATCH", $"{role} of {image.Shape} voxels", $"{expected.Shape}",
                "compare images of the same study");
        if (image.Affine.LargestDifference(expected.Affine) > ToleratedShift * expected.Affine.LongestEdge)
            throw new RefusalException("GEOMETRY-MISMATCH", $"{role} at another place in space",
                "the same affine", "compare images of the same study");
    }
}
