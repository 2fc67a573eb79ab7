namespace Ivim.Imaging.Nifti;

/// <summary>The two affines that a header can hold, and the one that counts.</summary>
internal static class NiftiOrientation
{
    /// <summary>The sform if its code is set, else the qform if its code is set, else the voxel sizes alone (NIfTI
    /// method 1).</summary>
    public static AffineMatrix Effective(NiftiHeaderBytes header) =>
        header.Integer(NiftiFields.SFormCode) > 0 ? SForm(header)
        : header.Integer(NiftiFields.QFormCode) > 0 ? QForm(header)
        : new AffineMatrix([Size(header, 1), 0, 0, 0, 0, Size(header, 2), 0, 0, 0, 0, Size(header, 3), 0]);

    public static AffineMatrix SForm(NiftiHeaderBytes header)
    {
        var rows = new double[12];
        for (int i = 0; i < 12; i++) rows[i] = header.Real(NiftiFields.SRow, i);
        return new AffineMatrix(rows);
    }

    /// <remarks>Source: nifti1.h, "METHOD 2"; a quaternion that rounding made longer than 1 is scaled back, as nifti_io
    /// does.</remarks>
    public static AffineMatrix QForm(NiftiHeaderBytes header)
    {
        double b = header.Real(NiftiFields.Quaternion, 0);
        double c = header.Real(NiftiFields.Quaternion, 1);
        double d = header.Real(NiftiFields.Quaternion, 2);
        double rest = 1 - (b * b + c * c + d * d);
        double a = rest < 1e-7 ? 0 : Math.Sqrt(rest);
        if (a == 0)
        {
            double length = Math.Sqrt(b * b + c * c + d * d);
            (b, c, d) = (b / length, c / length, d / length);
        }
        double x = Size(header, 1), y = Size(header, 2), z = Size(header, 3);
        if (header.Real(NiftiFields.PixDim, 0) < 0) z = -z;
        double Offset(int axis) => header.Real(NiftiFields.QOffset, axis);
        return new AffineMatrix(
        [
            (a * a + b * b - c * c - d * d) * x, 2 * (b * c - a * d) * y, 2 * (b * d + a * c) * z, Offset(0),
            2 * (b * c + a * d) * x, (a * a + c * c - b * b - d * d) * y, 2 * (c * d - a * b) * z, Offset(1),
            2 * (b * d - a * c) * x, 2 * (c * d + a * b) * y, (a * a + d * d - c * c - b * b) * z, Offset(2),
        ]);
    }

    private static double Size(NiftiHeaderBytes header, int axis) => header.Real(NiftiFields.PixDim, axis);
}
