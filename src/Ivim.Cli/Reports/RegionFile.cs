using System.Globalization;
using Ivim.Actors.Reports;
using Ivim.Cli.Evaluation;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Cli.Reports;

/// <summary>A label image, with the names of its labels in the table beside it, as BIDS has them.</summary>
internal static class RegionFile
{
    /// <param name="path">Of the image; `index` and `name` are columns of the `.tsv` beside it, if there is
    /// one.</param>
    /// <exception cref="RefusalException">
    /// REPORT-LABELS, SHAPE-MISMATCH, GEOMETRY-MISMATCH or a NIfTI code.
    /// </exception>
    public static ReportRegions Read(string path, NiftiHeader grid)
    {
        var image = NiftiFile.Read(path);
        SameGrid.Require(image.Header, grid, "the labels");
        if (image.Voxels.Any(value => !float.IsInteger(value) || value < 0 || value > ushort.MaxValue))
            throw Broken("a label that is no whole number from 0", "labels 0, 1, 2 and so on");
        return new ReportRegions(Array.ConvertAll(image.Voxels, value => (int)value), Names(TableOf(path)));
    }

    private static string TableOf(string path) => Path.ChangeExtension(
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^".gz".Length] : path, ".tsv");

    private static Dictionary<int, string> Names(string path)
    {
        if (!File.Exists(path)) return [];
        string[] lines = File.ReadAllLines(path);
        string[] columns = lines.Length == 0 ? [] : lines[0].Split('\t');
        int index = Array.IndexOf(columns, "index"), name = Array.IndexOf(columns, "name");
        if (index < 0 || name < 0) throw Broken("a table of labels without index and name", "both as columns");
        var names = new Dictionary<int, string>();
        foreach (string[] cells in lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t')))
        {
            if (cells.Length <= Math.Max(index, name)
                || !int.TryParse(cells[index], NumberStyles.None, CultureInfo.InvariantCulture, out int label))
                throw Broken("a row of the labels' table without a number or a name", "both in each row");
            names[label] = cells[name];
        }
        return names;
    }

    private static RefusalException Broken(string found, string expected) =>
        new("REPORT-LABELS", found, expected, "correct the label image or its .tsv");
}
