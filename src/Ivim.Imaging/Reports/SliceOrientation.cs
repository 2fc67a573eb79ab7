using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Reports;

/// <summary>Which way round a slice is drawn.</summary>
/// <param name="LastColumnLeft">The last column of the volume is drawn at the left.</param>
/// <param name="LastRowTop">The last row of the volume is drawn at the top.</param>
public readonly record struct SliceOrientation(bool LastColumnLeft, bool LastRowTop)
{
    /// <summary>As radiologists look: the patient's right at the left, front or head at the top.</summary>
    public static SliceOrientation Radiological(AffineMatrix affine) =>
        new(PointsUp(affine, column: 0), PointsUp(affine, column: 1));

    /// <summary>Whether an axis points right, to the front or to the head, whichever is nearest to it.</summary>
    private static bool PointsUp(AffineMatrix affine, int column)
    {
        int nearest = Enumerable.Range(0, 3).MaxBy(row => Math.Abs(affine[row, column]));
        return affine[nearest, column] > 0;
    }
}
