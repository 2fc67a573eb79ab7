using System.Collections.Immutable;
using Ivim.Physics;

namespace Ivim.Imaging.Gradients;

/// <summary>Reads b-vectors: three rows of N numbers (FSL) or N rows of three; 3 x 3 is read as three rows.</summary>
public static class BVectorFile
{
    /// <returns>One direction per volume, of length 1 or none.</returns>
    /// <exception cref="RefusalException">BVEC-MISSING, BVEC-NUMBER, BVEC-SHAPE or FILE-UNREADABLE.</exception>
    public static ImmutableArray<GradientDirection> Read(string path) => Shape(NumberTable.Read(path, "BVEC"));

    /// <summary>The same from text.</summary>
    public static ImmutableArray<GradientDirection> Parse(string text) => Shape(NumberTable.Parse(text, "BVEC"));

    private static ImmutableArray<GradientDirection> Shape(double[][] rows)
    {
        bool even = rows.All(row => row.Length == rows[0].Length);
        if (even && rows.Length == 3)
            return [.. Enumerable.Range(0, rows[0].Length).Select(
                i => GradientDirection.Of(rows[0][i], rows[1][i], rows[2][i]))];
        if (even && rows[0].Length == 3)
            return [.. rows.Select(row => GradientDirection.Of(row[0], row[1], row[2]))];
        throw new RefusalException("BVEC-SHAPE",
            $"{rows.Length} rows of {(even ? rows[0].Length.ToString() : "different")} lengths",
            "three rows of N numbers or N rows of three", "give the right b-vector file, or none");
    }
}
