using Ivim.Physics;

namespace Ivim.Imaging.Gradients;

/// <summary>Reads the b-values of a series: numbers parted by any white space, in s/mm², in the order of the
/// volumes.</summary>
public static class BValueFile
{
    private const double LargestSecondsPerMm2 = 100_000;

    /// <returns>s/mm², as many as the file holds.</returns>
    /// <exception cref="RefusalException">BVAL-MISSING, BVAL-NUMBER, BVAL-NEGATIVE, BVAL-RANGE or
    /// FILE-UNREADABLE.</exception>
    public static double[] Read(string path) => Check(NumberTable.Read(path, "BVAL"));

    /// <summary>The same from text.</summary>
    public static double[] Parse(string text) => Check(NumberTable.Parse(text, "BVAL"));

    private static double[] Check(double[][] rows)
    {
        double[] values = [.. rows.SelectMany(row => row)];
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new RefusalException("BVAL-NUMBER", $"b-value {i + 1} is not finite", "finite numbers",
                    "correct the file");
            if (values[i] < 0)
                throw new RefusalException("BVAL-NEGATIVE", $"b-value {i + 1} is negative", "values of at least 0",
                    "correct the file");
            if (values[i] > LargestSecondsPerMm2)
                throw new RefusalException("BVAL-RANGE", $"b-value {i + 1} is above {LargestSecondsPerMm2} s/mm2",
                    "b-values in s/mm2", "convert the unit of the file");
        }
        return values;
    }
}
