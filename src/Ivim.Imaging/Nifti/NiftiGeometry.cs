namespace Ivim.Imaging.Nifti;

/// <summary>Makes a header for an image that comes from no NIfTI file: a phantom, a DICOM series.</summary>
public static class NiftiGeometry
{
    private const int ScannerCoordinates = 1;
    private const int MillimetresAndSeconds = 2 | 8;

    /// <param name="affine">Voxel indices to scanner coordinates, mm, NIfTI axes (right, anterior, superior).</param>
    /// <returns>A NIfTI-1 header, float32, with the affine as sform, and as qform too if its axes are
    /// orthogonal.</returns>
    public static NiftiHeader Create(ImageShape shape, AffineMatrix affine)
    {
        if (new[] { shape.Width, shape.Height, shape.Slices, shape.Volumes }.Any(n => n is < 1 or > short.MaxValue))
            throw new ArgumentException($"a NIfTI-1 image cannot be {shape}", nameof(shape));
        var bytes = new NiftiHeaderBytes(NiftiVersion.One);
        NiftiStorage.Describe(bytes, shape, NiftiDataType.Real32, asPair: false);
        bytes.Set(NiftiFields.Units, MillimetresAndSeconds);
        for (int i = 0; i < 12; i++) bytes.Set(NiftiFields.SRow, i, affine.Rows[i]);
        bytes.Set(NiftiFields.SFormCode, ScannerCoordinates);
        SetQForm(bytes, affine);
        return new NiftiHeader(bytes, shape, isPair: false, storedBigEndian: false, extensionsDropped: false);
    }

    private static void SetQForm(NiftiHeaderBytes bytes, AffineMatrix affine)
    {
        var edge = new double[3];
        var r = new double[3, 3];
        for (int column = 0; column < 3; column++)
        {
            for (int row = 0; row < 3; row++) edge[column] += affine[row, column] * affine[row, column];
            edge[column] = Math.Sqrt(edge[column]);
            for (int row = 0; row < 3; row++) r[row, column] = affine[row, column] / edge[column];
            bytes.Set(NiftiFields.PixDim, column + 1, edge[column]);
        }
        bool flipped = Determinant(r) < 0;
        bytes.Set(NiftiFields.PixDim, 0, flipped ? -1 : 1);
        bytes.Set(NiftiFields.PixDim, 4, 1);
        if (!IsOrthogonal(r)) return;
        for (int row = 0; row < 3 && flipped; row++) r[row, 2] = -r[row, 2];
        double[] quaternion = Quaternion(r);
        for (int i = 0; i < 3; i++)
        {
            bytes.Set(NiftiFields.Quaternion, i, quaternion[i]);
            bytes.Set(NiftiFields.QOffset, i, affine[i, 3]);
        }
        bytes.Set(NiftiFields.QFormCode, ScannerCoordinates);
    }

    /// <summary>The vector part of the unit quaternion whose scalar part is not negative.</summary>
    private static double[] Quaternion(double[,] r)
    {
        // The largest of the four squared components is taken by a root, the others by division: exact at half turns
        // too.
        double trace = r[0, 0] + r[1, 1] + r[2, 2];
        double[] squares = [1 + trace, 1 + 2 * r[0, 0] - trace, 1 + 2 * r[1, 1] - trace, 1 + 2 * r[2, 2] - trace];
        int largest = Array.IndexOf(squares, squares.Max());
        double half = Math.Sqrt(squares[largest]) / 2;
        double xy = r[0, 1] + r[1, 0], xz = r[0, 2] + r[2, 0], yz = r[1, 2] + r[2, 1];
        double dx = r[2, 1] - r[1, 2], dy = r[0, 2] - r[2, 0], dz = r[1, 0] - r[0, 1];
        double[] all = largest switch
        {
            0 => [4 * half * half, dx, dy, dz],
            1 => [dx, 4 * half * half, xy, xz],
            2 => [dy, xy, 4 * half * half, yz],
            _ => [dz, xz, yz, 4 * half * half],
        };
        double sign = all[0] < 0 ? -1 : 1;
        return [sign * all[1] / (4 * half), sign * all[2] / (4 * half), sign * all[3] / (4 * half)];
    }

    private static bool IsOrthogonal(double[,] r)
    {
        double Dot(int i, int j) => r[0, i] * r[0, j] + r[1, i] * r[1, j] + r[2, i] * r[2, j];
        return Math.Abs(Dot(0, 1)) < 1e-4 && Math.Abs(Dot(0, 2)) < 1e-4 && Math.Abs(Dot(1, 2)) < 1e-4;
    }

    private static double Determinant(double[,] r) =>
        r[0, 0] * (r[1, 1] * r[2, 2] - r[1, 2] * r[2, 1])
        - r[0, 1] * (r[1, 0] * r[2, 2] - r[1, 2] * r[2, 0])
        + r[0, 2] * (r[1, 0] * r[2, 1] - r[1, 1] * r[2, 0]);
}
