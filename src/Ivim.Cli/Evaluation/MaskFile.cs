using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;

namespace Ivim.Cli.Evaluation;

/// <summary>A mask image on a known grid.</summary>
internal static class MaskFile
{
    /// <returns>True inside, x fastest.</returns>
    /// <exception cref="Ivim.Physics.RefusalException">SHAPE-MISMATCH, GEOMETRY-MISMATCH, MASK-EMPTY, ...</exception>
    public static bool[] Read(string path, NiftiHeader grid)
    {
        var image = NiftiFile.Read(path);
        SameGrid.Require(image.Header, grid, "the mask");
        return VoxelMask.From(image, grid).Mask.Inside;
    }
}
