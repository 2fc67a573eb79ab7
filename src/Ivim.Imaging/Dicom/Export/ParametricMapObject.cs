using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Writing;

namespace Ivim.Imaging.Dicom.Export;

/// <summary>A map as one Parametric Map object with 32-bit floating point pixels (PS3.3 A.75).</summary>
public static class ParametricMapObject
{
    public const string SopClass = "1.2.840.10008.5.1.4.1.1.30";

    private const int SeriesNumber = 9000;
    private static readonly string[] ImageType = ["DERIVED", "PRIMARY", "VOLUME", "QUANTITY"];
    private static readonly DicomTag StackId = new(0x0020, 0x9056), InStack = new(0x0020, 0x9057),
        FrameContent = new(0x0020, 0x9111);

    /// <summary>The whole file, the same bytes for the same map and source.</summary>
    public static DicomContent Of(ExportedMap map, MapGrid grid, ObjectHeader header)
    {
        string dimensions = DicomUid.Of("ivim dimensions", header.StudyInstance);
        string series = DicomUid.Of("ivim maps", header.StudyInstance, header.Study, map.Facts.ProtocolId);
        var first = grid.Planes[0];
        var content = header.Begin(SopClass, series, SeriesNumber, "IVIM maps")
            .Text(new(0x0008, 0x0008), "CS", ImageType)
            .Integers(new(0x0020, 0x0013), map.Number).Integers(new(0x0028, 0x0008), grid.Planes.Count)
            .Text(new(0x0070, 0x0080), "CS", ContentLabel(map)).Text(new(0x0070, 0x0081), "LO", map.Label)
            .Text(new(0x0070, 0x0084), "PN", "ivim").Text(new(0x0018, 0x9004), "CS", "RESEARCH")
            .Text(new(0x0028, 0x0301), "CS", "NO").Text(new(0x0028, 0x0302), "CS", "NO")
            .Text(new(0x0028, 0x2110), "CS", "00").Text(new(0x2050, 0x0020), "CS", "IDENTITY")
            .Sequence(new(0x0040, 0x0555))
            .Sequence(new(0x0020, 0x9221), new DicomContent().Text(new(0x0020, 0x9164), "UI", dimensions))
            .Sequence(new(0x0020, 0x9222), Dimension(dimensions, StackId, "Stack ID"),
                Dimension(dimensions, InStack, "In-Stack Position"))
            .UnsignedShorts(new(0x0028, 0x0002), 1).Text(new(0x0028, 0x0004), "CS", "MONOCHROME2")
            .UnsignedShorts(new(0x0028, 0x0010), (ushort)first.Rows)
            .UnsignedShorts(new(0x0028, 0x0011), (ushort)first.Columns)
            .UnsignedShorts(new(0x0028, 0x0100), 32)
            .Sequence(new(0x5200, 0x9229), Shared(map, grid))
            .Sequence(new(0x5200, 0x9230), [.. grid.Planes.Select((plane, z) => Frame(map, plane, z, header.Source))])
            .Bytes(new(0x7FE0, 0x0008), "OF", Pixels(map, grid.Planes.Count));
        if (header.Source is { } source) content.Sequence(new(0x0008, 0x1115),
            MapCoding.ReferencedSeries(source, source.Images.SelectMany(images => images)));
        return ContentUid.Set(content);
    }

    private static string ContentLabel(ExportedMap map) =>
        "IVIM_" + map.Quantity.Parameter.ToUpperInvariant() + (map.IsSpread ? "_STD" : "");

    private static DicomContent Dimension(string organization, DicomTag pointer, string label) => new DicomContent()
        .Text(new(0x0020, 0x9164), "UI", organization).Tags(new(0x0020, 0x9165), pointer)
        .Tags(new(0x0020, 0x9167), FrameContent).Text(new(0x0020, 0x9421), "LO", label);

    private static DicomContent Shared(ExportedMap map, MapGrid grid)
    {
        var plane = grid.Planes[0];
        double least = map.Image.Voxels.Min(), most = map.Image.Voxels.Max();
        return new DicomContent()
            .Sequence(new(0x0028, 0x9110), new DicomContent()
                .Decimals(new(0x0028, 0x0030), plane.RowSpacing, plane.ColumnSpacing)
                .Decimals(new(0x0018, 0x0050), grid.Step).Decimals(new(0x0018, 0x0088), grid.Step))
            .Sequence(new(0x0020, 0x9116), PlaneContent.Orientation(new DicomContent(), plane))
            .Sequence(new(0x0028, 0x9145), new DicomContent().Decimals(new(0x0028, 0x1052), 0)
                .Decimals(new(0x0028, 0x1053), 1).Text(new(0x0028, 0x1054), "LO", "US"))
            .Sequence(new(0x0028, 0x9132), new DicomContent().Decimals(new(0x0028, 0x1050), map.Window / 2)
                .Decimals(new(0x0028, 0x1051), map.Window).Text(new(0x0028, 0x1056), "CS", "LINEAR_EXACT"))
            .Sequence(new(0x0040, 0x9092), new DicomContent().Text(new(0x0008, 0x9007), "CS", ImageType))
            .Sequence(new(0x0040, 0x9096), new DicomContent().Text(new(0x0028, 0x3003), "LO", map.Label)
                .Text(new(0x0040, 0x9210), "SH", map.Label)
                .Doubles(new(0x0040, 0x9214), least).Doubles(new(0x0040, 0x9213), most)
                .Doubles(new(0x0040, 0x9224), 0).Doubles(new(0x0040, 0x9225), 1)
                .Sequence(new(0x0040, 0x08EA), MapCoding.Code(map.Quantity.Unit))
                .Sequence(new(0x0040, 0x9220), MapCoding.Definition(map)));
    }

    private static DicomContent Frame(ExportedMap map, SlicePlane plane, int z, DicomSource? source) =>
        new DicomContent()
            .Sequence(FrameContent, new DicomContent().Text(StackId, "SH", "1").UnsignedLongs(InStack, (uint)z + 1)
                .UnsignedLongs(new(0x0020, 0x9157), 1, (uint)z + 1))
            .Sequence(new(0x0020, 0x9113), PlaneContent.Position(new DicomContent(), plane))
            .Sequence(new(0x0008, 0x9124), MapCoding.Derivation(map, source?.Images[z] ?? []));

    private static byte[] Pixels(ExportedMap map, int slices)
    {
        var values = Enumerable.Range(0, slices).SelectMany(map.Slice).ToArray();
        var bytes = new byte[values.Length * sizeof(float)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
