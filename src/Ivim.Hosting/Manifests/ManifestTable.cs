using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Ivim.Physics;

namespace Ivim.Hosting.Manifests;

/// <summary>A manifest as a spreadsheet writes it: RFC 4180, the first line names the columns.</summary>
internal static class ManifestTable
{
    private static readonly string[] Columns =
        ["centre", "subject", "session", "image", "bvalues", "bvectors", "mask", "protocol", "priority"];

    private static readonly string[] Needed = ["centre", "subject", "image"];

    /// <exception cref="RefusalException">MANIFEST-COLUMNS, MANIFEST-CSV.</exception>
    public static IReadOnlyList<ManifestRow> Read(string text)
    {
        try
        {
            using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                TrimOptions = TrimOptions.Trim, BadDataFound = _ => throw Unreadable(null),
            });
            if (!csv.Read() || !csv.ReadHeader()) throw Unreadable(null);
            RequireColumns(csv.HeaderRecord ?? []);
            var rows = new List<ManifestRow>();
            while (csv.Read())
            {
                if (csv.Parser.Count != csv.HeaderRecord!.Length) throw Unreadable(null);
                rows.Add(Row(csv, rows.Count + 1));
            }
            return rows;
        }
        catch (CsvHelperException e)
        {
            throw Unreadable(e);
        }
    }

    private static ManifestRow Row(CsvReader csv, int number) => new(number)
    {
        Centre = Field(csv, "centre"),
        Subject = Field(csv, "subject"),
        Session = Field(csv, "session"),
        Image = Field(csv, "image"),
        BValues = Field(csv, "bvalues"),
        BVectors = Field(csv, "bvectors"),
        Mask = Field(csv, "mask"),
        Protocol = Field(csv, "protocol"),
        Priority = Field(csv, "priority"),
    };

    private static string? Field(CsvReader csv, string column) =>
        csv.TryGetField<string>(column, out var text) && text is { Length: > 0 } ? text : null;

    private static void RequireColumns(string[] header)
    {
        bool isKnown = header.All(column => Columns.Contains(column)) && header.Distinct().Count() == header.Length
            && Needed.All(column => header.Contains(column));
        if (isKnown) return;
        throw new RefusalException("MANIFEST-COLUMNS", "other columns than a manifest has, or one of them twice",
            $"{string.Join(", ", Needed)} and any of {string.Join(", ", Columns.Except(Needed))}",
            "correct the first line");
    }

    private static RefusalException Unreadable(Exception? cause) => new("MANIFEST-CSV",
        "a table that cannot be read", "comma-separated lines of as many fields as the first one",
        "save it as CSV (RFC 4180, UTF-8)", cause);
}
