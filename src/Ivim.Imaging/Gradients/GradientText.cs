using System.Globalization;

namespace Ivim.Imaging.Gradients;

/// <summary>The gradient tables of a series as the text of .bval and .bvec files (FSL).</summary>
/// <remarks>Numbers are written so that reading them gives the same bits.</remarks>
public static class GradientText
{
    /// <param name="bSecondsPerMm2">s/mm², one per volume.</param>
    public static string OfBValues(IEnumerable<double> bSecondsPerMm2) => Line(bSecondsPerMm2);

    /// <summary>Three lines: x, y and z of every volume.</summary>
    public static string OfDirections(IReadOnlyList<GradientDirection> directions) =>
        Line(directions.Select(one => one.X)) + Line(directions.Select(one => one.Y))
        + Line(directions.Select(one => one.Z));

    private static string Line(IEnumerable<double> numbers) =>
        // Adding 0 takes the sign of a negative zero away.
        string.Join(' ', numbers.Select(number => (number + 0).ToString("R", CultureInfo.InvariantCulture))) + "\n";
}
