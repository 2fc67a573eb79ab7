using System.Buffers.Binary;
using System.Globalization;
using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Writing;

namespace Ivim.Imaging.Tests.Dicom.Series;

/// <summary>A diffusion series with known voxels, to be written as objects of several kinds.</summary>
/// <param name="Stored">[volume][z, y, x], rows upwards as in a NIfTI file; 0 to 65535.</param>
/// <param name="First">Plane of the first slice.</param>
internal sealed record WrittenSeries(
    int[][] Stored, int Slices, SlicePlane First, double Spacing, double[] BValues, double Slope = 1)
{
    private const string MrImage = "1.2.840.10008.5.1.4.1.1.4", EnhancedMr = MrImage + ".1";

    public string Manufacturer { get; init; } = "ACME";

    public string[] ImageType { get; init; } = ["ORIGINAL", "PRIMARY", "DIFFUSION", "NONE"];

    public string Uid { get; init; } = DicomUid.Of("series");

    public int Number { get; init; } = 3;

    private int Rows => First.Rows;

    private int Columns => First.Columns;

    /// <summary>Small, oblique, each voxel with a value of its own.</summary>
    public static WrittenSeries Small(params double[] bValues)
    {
        const int width = 5, height = 4, slices = 3;
        var row = new Vector(0.8, 0.6, 0);
        var plane = new SlicePlane(new Vector(-10, 20, -30), row, new Vector(-0.6, 0.8, 0), 2, 1.5, height, width);
        var stored = bValues.Select((_, v) => Enumerable.Range(0, width * height * slices)
            .Select(i => 1000 * (v + 1) + 7 * i).ToArray());
        return new WrittenSeries([.. stored], slices, plane, 4, bValues);
    }

    /// <summary>What reading gives back.</summary>
    public float[] Signals =>
        [.. Stored.SelectMany(volume => volume).Select(value => (float)(value * (double)(float)Slope))];

    /// <summary>One object for each slice of each volume; the numbers of instances say nothing about places.</summary>
    /// <param name="complete">Sets what is particular, of volume v and slice z.</param>
    public void WriteClassic(string folder, Action<DicomContent, int, int>? complete = null)
    {
        for (int v = 0; v < Stored.Length; v++)
            for (int z = 0; z < Slices; z++)
            {
                // Odd volumes run from the last slice to the first.
                int instance = v * Slices + (v % 2 == 0 ? z : Slices - 1 - z) + 1;
                var content = Frame(Object(MrImage, instance), z).UnsignedShorts(new(0x0028, 0x0010), (ushort)Rows)
                    .UnsignedShorts(new(0x0028, 0x0011), (ushort)Columns);
                Rescale(content);
                complete?.Invoke(content, v, z);
                Write(folder, Pixels(content, Slice(v, z)), $"I{instance:0000}");
            }
    }

    /// <summary>The b-value as the standard writes it.</summary>
    public void Standard(DicomContent content, int volume, int slice) =>
        content.Doubles(new(0x0018, 0x9087), BValues[volume]);

    /// <summary>All volumes in one object, frames by slice and then by volume.</summary>
    public void WriteEnhanced(string folder)
    {
        var content = Object(EnhancedMr, 1);
        var (frames, pixels) = (new List<DicomContent>(), new List<int>());
        for (int z = 0; z < Slices; z++)
            for (int v = 0; v < Stored.Length; v++)
            {
                frames.Add(new DicomContent()
                    .Sequence(new(0x0018, 0x9117), new DicomContent().Doubles(new(0x0018, 0x9087), BValues[v])
                        .Text(new(0x0018, 0x9075), "CS", BValues[v] > 0 ? "DIRECTIONAL" : "NONE")
                        .Sequence(new(0x0018, 0x9076), new DicomContent().Doubles(new(0x0018, 0x9089), 0, 0, 1)))
                    .Sequence(new(0x0020, 0x9113), Position(new DicomContent(), z)));
                pixels.AddRange(Slice(v, z));
            }
        content.Integers(new(0x0028, 0x0008), frames.Count).UnsignedShorts(new(0x0028, 0x0010), (ushort)Rows)
            .UnsignedShorts(new(0x0028, 0x0011), (ushort)Columns)
            .Sequence(new(0x5200, 0x9229), new DicomContent()
                .Sequence(new(0x0020, 0x9116), Orientation(new DicomContent()))
                .Sequence(new(0x0028, 0x9110), Measures(new DicomContent()))
                .Sequence(new(0x0028, 0x9145), Rescale(new DicomContent())))
            .Sequence(new(0x5200, 0x9230), [.. frames]);
        Write(folder, Pixels(content, [.. pixels]), "enhanced");
    }

    /// <summary>One object for each volume, as Siemens writes it.</summary>
    /// <param name="isReversed">Whether the tiles run against the normal.</param>
    public void WriteMosaic(string folder, bool isReversed = false)
    {
        int side = (int)Math.Ceiling(Math.Sqrt(Slices));
        var origin = (isReversed ? PlaceOf(Slices - 1) : First.Position)
            - First.AlongRow * (First.ColumnSpacing * (side - 1) * Columns / 2)
            - First.AlongColumn * (First.RowSpacing * (side - 1) * Rows / 2);
        var normal = isReversed ? -First.Normal : First.Normal;
        for (int v = 0; v < Stored.Length; v++)
        {
            var mosaic = new int[side * side * Rows * Columns];
            for (int tile = 0; tile < Slices; tile++)
            {
                int[] slice = Slice(v, isReversed ? Slices - 1 - tile : tile);
                for (int i = 0; i < slice.Length; i++)
                    mosaic[((tile / side * Rows) + (i / Columns)) * side * Columns + tile % side * Columns
                        + i % Columns] = slice[i];
            }
            var content = Measures(Orientation(Object(MrImage, v + 1)))
                .Decimals(new(0x0020, 0x0032), origin.X, origin.Y, origin.Z)
                .UnsignedShorts(new(0x0028, 0x0010), (ushort)(side * Rows))
                .UnsignedShorts(new(0x0028, 0x0011), (ushort)(side * Columns))
                .Text(new(0x0008, 0x0008), "CS", "ORIGINAL", "PRIMARY", "M", "ND", "MOSAIC")
                .Text(new(0x0008, 0x0070), "LO", "SIEMENS").Text(new(0x0029, 0x0010), "LO", "SIEMENS CSA HEADER")
                .Bytes(new(0x0029, 0x1010), "OB", CsaBytes.Of(
                    ("B_value", [BValues[v].ToString(CultureInfo.InvariantCulture)]),
                    ("NumberOfImagesInMosaic", [Slices.ToString(CultureInfo.InvariantCulture)]),
                    ("SliceNormalVector", [.. new[] { normal.X, normal.Y, normal.Z }
                        .Select(x => x.ToString("F8", CultureInfo.InvariantCulture))])));
            Write(folder, Pixels(Rescale(content), mosaic), $"M{v:0000}");
        }
    }

    public static void Write(string folder, DicomContent content, string name)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), DicomWriter.Bytes(content));
    }

    private DicomContent Object(string sopClass, int instance) => new DicomContent()
        .Text(new(0x0008, 0x0008), "CS", ImageType)
        .Text(new(0x0008, 0x0016), "UI", sopClass)
        .Text(new(0x0008, 0x0018), "UI", DicomUid.Of(Uid, instance.ToString(CultureInfo.InvariantCulture)))
        .Text(new(0x0008, 0x0060), "CS", "MR")
        .Text(new(0x0008, 0x0070), "LO", Manufacturer)
        .Text(new(0x0010, 0x0010), "PN", "Secret^Person")
        .Text(new(0x0020, 0x000D), "UI", DicomUid.Of("study"))
        .Text(new(0x0020, 0x000E), "UI", Uid)
        .Integers(new(0x0020, 0x0011), Number)
        .Integers(new(0x0020, 0x0013), instance);

    private DicomContent Frame(DicomContent content, int z) => Measures(Orientation(Position(content, z)));

    private DicomContent Position(DicomContent content, int z)
    {
        var place = PlaceOf(z);
        return content.Decimals(new(0x0020, 0x0032), place.X, place.Y, place.Z);
    }

    private Vector PlaceOf(int z) => First.Position + First.Normal * (Spacing * z);

    private DicomContent Orientation(DicomContent content) => content.Decimals(new(0x0020, 0x0037),
        First.AlongRow.X, First.AlongRow.Y, First.AlongRow.Z, First.AlongColumn.X, First.AlongColumn.Y,
        First.AlongColumn.Z);

    private DicomContent Measures(DicomContent content) => content
        .Decimals(new(0x0028, 0x0030), First.RowSpacing, First.ColumnSpacing)
        .Decimals(new(0x0018, 0x0088), Spacing);

    private DicomContent Rescale(DicomContent content) => content
        .Decimals(new(0x0028, 0x1052), 0).Decimals(new(0x0028, 0x1053), Slope);

    /// <summary>[row, column]: rows downwards.</summary>
    private int[] Slice(int volume, int z) =>
        [.. Enumerable.Range(0, Rows).SelectMany(row => Stored[volume]
            .Skip((z * Rows + Rows - 1 - row) * Columns).Take(Columns))];

    private static DicomContent Pixels(DicomContent content, int[] values)
    {
        var bytes = new byte[values.Length * 2];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)values[i]);
        return content.UnsignedShorts(new(0x0028, 0x0002), 1).Text(new(0x0028, 0x0004), "CS", "MONOCHROME2")
            .UnsignedShorts(new(0x0028, 0x0100), 16).UnsignedShorts(new(0x0028, 0x0101), 16)
            .UnsignedShorts(new(0x0028, 0x0102), 15).UnsignedShorts(new(0x0028, 0x0103), 0)
            .Bytes(new(0x7FE0, 0x0010), "OW", bytes);
    }
}
