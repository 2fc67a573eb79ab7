using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Reports.Pages;

/// <summary>The letters at the sides of a slice: what of the patient lies there.</summary>
internal readonly record struct SliceSides(char Left, char Right, char Top, char Bottom)
{
    private const string Upper = "RAS", Lower = "LPI";

    /// <summary>As <see cref="SliceOrientation.Radiological"/> turns it: the upper ends lie left and at the
    /// top.</summary>
    public static SliceSides Of(AffineMatrix affine)
    {
        int across = Nearest(affine, 0), along = Nearest(affine, 1);
        return new SliceSides(Upper[across], Lower[across], Upper[along], Lower[along]);
    }

    private static int Nearest(AffineMatrix affine, int column) =>
        Enumerable.Range(0, 3).MaxBy(row => Math.Abs(affine[row, column]));
}
