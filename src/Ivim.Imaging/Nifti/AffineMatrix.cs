using System.Collections.Immutable;

namespace Ivim.Imaging.Nifti;

/// <summary>From voxel indices to space: the upper three rows of the 4x4 matrix, in the spatial unit of the
/// header.</summary>
public sealed record AffineMatrix
{
    /// <param name="rows">Row-major, 3 x 4; the fourth row is 0 0 0 1.</param>
    public AffineMatrix(ReadOnlySpan<double> rows)
    {
        if (rows.Length != 12) throw new ArgumentException("an affine has 12 numbers", nameof(rows));
        Rows = [.. rows];
    }

    /// <summary>Row-major, 3 x 4.</summary>
    public ImmutableArray<double> Rows { get; }

    public double this[int row, int column] => row == 3 ? (column == 3 ? 1 : 0) : Rows[row * 4 + column];

    public bool IsFinite => Rows.All(double.IsFinite);

    /// <summary>The longest of the three voxel edges.</summary>
    public double LongestEdge => Enumerable.Range(0, 3).Max(column =>
        Math.Sqrt(this[0, column] * this[0, column] + this[1, column] * this[1, column]
            + this[2, column] * this[2, column]));

    public double LargestDifference(AffineMatrix other) => Rows.Zip(other.Rows, (a, b) => Math.Abs(a - b)).Max();

    public bool Equals(AffineMatrix? other) => other is not null && Rows.SequenceEqual(other.Rows);

    public override int GetHashCode() => HashCode.Combine(Rows[0], Rows[5], Rows[10], Rows[3]);
}
