using System.Globalization;
using System.Text;
using Ivim.Physics;

namespace Ivim.Imaging.Gradients;

/// <summary>A small text file of numbers: lines of values parted by spaces or tabs.</summary>
internal static class NumberTable
{
    private const int LongestFile = 8 << 20;

    /// <param name="kind">BVAL or BVEC, the first part of every code.</param>
    /// <returns>The lines that hold values; a byte order mark, empty lines and blanks at either end count for
    /// nothing.</returns>
    public static double[][] Read(string path, string kind)
    {
        if (!File.Exists(path))
            throw new RefusalException($"{kind}-MISSING", $"no {Role(kind)}", "a text file of numbers",
                "check its path");
        // A device or a pipe has length 0, and reading it might never end.
        long length = new FileInfo(path).Length;
        if (length is 0 or > LongestFile)
            throw new RefusalException($"{kind}-NUMBER", $"a {Role(kind)} of {length} bytes",
                $"a text file of 1 to {LongestFile} bytes", "give the right file");
        try
        {
            return Parse(Encoding.UTF8.GetString(File.ReadAllBytes(path)), kind);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException("FILE-UNREADABLE", $"a {Role(kind)} that cannot be opened", "a readable file",
                "check its permissions", denied);
        }
    }

    public static double[][] Parse(string text, string kind)
    {
        var rows = new List<double[]>();
        foreach (string line in text.TrimStart('\uFEFF').Split('\n', '\r'))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
                rows.Add([.. words.Select((word, index) => Number(word, rows.Count + 1, index + 1, kind))]);
        }
        if (rows.Count == 0)
            throw new RefusalException($"{kind}-NUMBER", $"a {Role(kind)} without numbers", "at least one number",
                "give the right file");
        return [.. rows];
    }

    private static double Number(string word, int row, int column, string kind)
    {
        if (word.Contains(',', StringComparison.Ordinal))
            throw new RefusalException($"{kind}-NUMBER", $"a comma in row {row}, value {column}",
                "numbers parted by blanks, with a decimal point",
                "replace commas that part numbers by blanks, others by points");
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return value;
        throw new RefusalException($"{kind}-NUMBER", $"something that is no number in row {row}, value {column}",
            "decimal numbers", "correct the file");
    }

    private static string Role(string kind) => kind == "BVAL" ? "b-value file" : "b-vector file";
}
