using System.Buffers.Binary;
using System.Globalization;
using Ivim.Imaging.Dicom.Writing;

namespace Ivim.Imaging.Dicom.Export;

/// <summary>A map as MR Image objects, one for each slice, with 16-bit integers and a slope: for viewers that know no
/// parametric maps.</summary>
/// <remarks>The rescaled values are in um2/s and percent. A value is off by half a slope at most.</remarks>
public static class MrMapObjects
{
    public const string SopClass = "1.2.840.10008.5.1.4.1.1.4";

    private const int SeriesNumber = 9000;

    /// <summary>One object for each slice, the same bytes for the same map and source.</summary>
    public static IEnumerable<DicomContent> Of(ExportedMap map, MapGrid grid, ObjectHeader header)
    {
        double factor = map.Quantity.PerUnit;
        double least = Math.Min(0, map.Image.Voxels.Min() * factor), most = map.Image.Voxels.Max() * factor;
        double slope = Rounded(most > least ? (most - least) / ushort.MaxValue : 1);
        least = Rounded(least);
        string series = DicomUid.Of("ivim map", header.StudyInstance, header.Study, map.Facts.ProtocolId, map.Label);
        for (int z = 0; z < grid.Planes.Count; z++)
        {
            var stored = map.Slice(z).Select(value => (ushort)Math.Clamp(
                Math.Round((value * factor - least) / slope), 0, ushort.MaxValue)).ToArray();
            var plane = grid.Planes[z];
            var content = header.Begin(SopClass, series, SeriesNumber + map.Number, map.Label);
            PlaneContent.Orientation(PlaneContent.Position(content, plane), plane)
                .Text(new(0x0008, 0x0008), "CS", "DERIVED", "PRIMARY", "OTHER")
                .Text(new(0x0008, 0x2111), "ST", map.Facts.Derivation)
                .Sequence(new(0x0008, 0x9215), MapCoding.AnalysisCode())
                .Text(new(0x0018, 0x0020), "CS", "RM").Text(new(0x0018, 0x0021), "CS", "NONE")
                .Text(new(0x0018, 0x0022), "CS").Text(new(0x0018, 0x0023), "CS", "2D")
                .Decimals(new(0x0018, 0x0050), grid.Step).Decimals(new(0x0018, 0x0088), grid.Step)
                .Text(new(0x0018, 0x0080), "DS").Text(new(0x0018, 0x0081), "DS").Text(new(0x0018, 0x0091), "IS")
                .Integers(new(0x0020, 0x0013), z + 1)
                .UnsignedShorts(new(0x0028, 0x0002), 1).Text(new(0x0028, 0x0004), "CS", "MONOCHROME2")
                .UnsignedShorts(new(0x0028, 0x0010), (ushort)plane.Rows)
                .UnsignedShorts(new(0x0028, 0x0011), (ushort)plane.Columns)
                .Decimals(new(0x0028, 0x0030), plane.RowSpacing, plane.ColumnSpacing)
                .UnsignedShorts(new(0x0028, 0x0100), 16).UnsignedShorts(new(0x0028, 0x0101), 16)
                .UnsignedShorts(new(0x0028, 0x0102), 15).UnsignedShorts(new(0x0028, 0x0103), 0)
                .Decimals(new(0x0028, 0x1050), map.Window * factor / 2)
                .Decimals(new(0x0028, 0x1051), map.Window * factor)
                .Decimals(new(0x0028, 0x1052), least).Decimals(new(0x0028, 0x1053), slope)
                .Text(new(0x0028, 0x1054), "LO", map.Quantity.IntegerUnit.Value)
                .Sequence(new(0x0040, 0x9096), new DicomContent().Text(new(0x0028, 0x3003), "LO", map.Label)
                    .Text(new(0x0040, 0x9210), "SH", map.Label)
                    .UnsignedShorts(new(0x0040, 0x9216), 0).UnsignedShorts(new(0x0040, 0x9211), ushort.MaxValue)
                    .Doubles(new(0x0040, 0x9224), least).Doubles(new(0x0040, 0x9225), slope)
                    .Sequence(new(0x0040, 0x08EA), MapCoding.Code(map.Quantity.IntegerUnit))
                    .Sequence(new(0x0040, 0x9220), MapCoding.Definition(map)))
                .Bytes(new(0x7FE0, 0x0010), "OW", Pixels(stored));
            if (header.Source is { } source) content
                .Sequence(new(0x0008, 0x2112), MapCoding.Sources(source.Images[z]))
                .Sequence(new(0x0008, 0x1115), MapCoding.ReferencedSeries(source, source.Images[z]));
            yield return ContentUid.Set(content);
        }
    }

    /// <summary>To what the element's text can say, so that readers divide by the very number.</summary>
    private static double Rounded(double value) =>
        double.Parse(value.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static byte[] Pixels(ushort[] values)
    {
        var bytes = new byte[values.Length * sizeof(ushort)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        return bytes;
    }
}
