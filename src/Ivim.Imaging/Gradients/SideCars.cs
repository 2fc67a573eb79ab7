using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Gradients;

/// <summary>The gradient files beside an image: X.bval and X.bvec for X.nii, X.nii.gz, X.hdr or X.img.</summary>
/// <param name="BValuePath">Null if there is none.</param>
/// <param name="BVectorPath">Null if there is none.</param>
public sealed record SideCars(string? BValuePath, string? BVectorPath)
{
    public static SideCars Beside(string imagePath)
    {
        string stem = NiftiPaths.Stem(imagePath) ?? imagePath;
        return new SideCars(Existing(stem, ".bval"), Existing(stem, ".bvec"));
    }

    /// <exception cref="RefusalException">BVAL-MISSING.</exception>
    public string RequireBValues() => BValuePath ?? throw new RefusalException(
        "BVAL-MISSING", "no .bval beside the image", "a b-value file of the same name",
        "put it there or name it with --bval");

    private static string? Existing(string stem, string ending) => File.Exists(stem + ending) ? stem + ending : null;
}
