namespace Ivim.Imaging.Dicom.Geometry;

/// <summary>Where one slice lies (PS3.3 C.7.6.2.1.1).</summary>
/// <param name="Position">Centre of the first pixel, mm.</param>
/// <param name="AlongRow">Unit vector in which the column index grows.</param>
/// <param name="AlongColumn">Unit vector in which the row index grows.</param>
/// <param name="RowSpacing">Between the centres of two rows, mm: the first value of Pixel Spacing.</param>
/// <param name="ColumnSpacing">Between the centres of two columns, mm.</param>
public sealed record SlicePlane(
    Vector Position, Vector AlongRow, Vector AlongColumn, double RowSpacing, double ColumnSpacing, int Rows,
    int Columns)
{
    private const double OfUnitVectors = 1e-3, FarthestMm = 1e5;

    public Vector Normal => AlongRow.Cross(AlongColumn);

    /// <summary>Of the elements as they stand; null where one is missing or impossible.</summary>
    /// <param name="position">Image Position (Patient), three numbers.</param>
    /// <param name="orientation">Image Orientation (Patient), six numbers.</param>
    /// <param name="spacing">Pixel Spacing, two numbers.</param>
    public static SlicePlane? Of(
        IReadOnlyList<double> position, IReadOnlyList<double> orientation, IReadOnlyList<double> spacing, int rows,
        int columns)
    {
        if (Vector.Of(position) is not { } at || Vector.Of(orientation) is not { } along
            || Vector.Of(orientation, 3) is not { } down || spacing.Count < 2) return null;
        bool isPossible = at.IsFinite && at.Length < FarthestMm
            && IsUnit(along) && IsUnit(down) && Math.Abs(along.Dot(down)) < OfUnitVectors
            && spacing[0] is > 0 and < 1000 && spacing[1] is > 0 and < 1000 && rows > 0 && columns > 0;
        return isPossible ? new SlicePlane(at, along, down, spacing[0], spacing[1], rows, columns) : null;
    }

    private static bool IsUnit(Vector vector) => Math.Abs(vector.Length - 1) < OfUnitVectors;
}
