using System.Globalization;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>The made-up objects of tests/fixtures/dicom/make_objects.py, and the pixels that they have to have.
/// </summary>
internal static class MadeObjects
{
    public const int Rows = 20, Columns = 24;

    public static readonly string[] Whole =
    [
        "explicit-u12", "explicit-s12", "explicit-u8", "explicit-u32", "explicit-s16", "implicit-u12", "big-u12x3",
        "big-u8", "deflated-u12x3", "rle-u12x3", "rle-s16", "rle-u8", "jpeg-sv1", "jpeg-sv2", "jpeg-sv3", "jpeg-sv4",
        "jpeg-sv5", "jpeg-sv6", "jpeg-sv7", "jpeg-u12x3", "jpeg-no-table-u12x3", "jpeg-u8", "jpeg-gdcm-s16",
        "jpeg-extended-table-u12x3", "jpeg-fragments-u12x3", "j2k-fragments-no-table-u12x3", "j2k-u12x3", "j2k-s16",
        "j2k-u8", "jpegls-u12x3", "jpegls-s16", "jpegls-u8",
    ];

    public static readonly string[] Lossy = ["jpeg-lossy-u8", "jpegls-near-u8", "j2k-lossy-u12"];

    public static string Path(string name) => Golden.Fixture(name + ".dcm");

    public static int Frames(string name) => name.Contains("x3", StringComparison.Ordinal) ? 3
        : name.EndsWith("x2", StringComparison.Ordinal) ? 2 : 1;

    public static int[] Pixels(string name, int frame)
    {
        // The numbered JPEG files hold unsigned pixels of 16 bits, and signed ones of 12 bits.
        string kind = name.StartsWith("jpeg-sv", StringComparison.Ordinal)
            ? (name[^1] - '0') % 2 == 1 ? "u16" : "s12"
            : name.Split('-')[^1].Split('x')[0];
        return kind switch
        {
            // Stored in 32 bits, 30 of which count.
            "u32" => Formula(frame, 30, isSigned: false),
            _ => Formula(frame, int.Parse(kind[1..], CultureInfo.InvariantCulture), kind[0] == 's'),
        };
    }

    /// <summary>The same as in make_objects.py.</summary>
    public static int[] Formula(int frame, int bits, bool isSigned)
    {
        var values = new int[Rows * Columns];
        for (int i = 0; i < values.Length; i++)
        {
            var (row, column) = Math.DivRem(i, Columns);
            int value = (row * row * 3 + column * 17 + row * column * 5 + frame * 1013) * 29 % (1 << bits);
            values[i] = isSigned ? value - (1 << (bits - 1)) : value;
        }
        return values;
    }
}
