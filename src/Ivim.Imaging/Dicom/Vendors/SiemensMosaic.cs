using Ivim.Imaging.Dicom.Geometry;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Vendors;

/// <summary>The slices of a volume as tiles of one image, row by row, in a square of ceil(sqrt(n)) tiles.</summary>
internal static class SiemensMosaic
{
    private const int MostSlices = 4096;

    public static bool IsMosaic(IDicomDataset dataset, Manufacturer manufacturer) =>
        manufacturer == Manufacturer.Siemens && dataset.Texts(MrTags.ImageType).Contains("MOSAIC");

    /// <param name="whole">The plane of the mosaic as if it were one slice: its middle is the middle of the first
    /// slice.</param>
    /// <exception cref="RefusalException">DICOM-MOSAIC.</exception>
    public static IEnumerable<(int Row, int Column, SlicePlane Plane)> Tiles(
        IDicomDataset dataset, SiemensCsa csa, SlicePlane whole)
    {
        int count = Count(dataset, csa);
        int side = (int)Math.Ceiling(Math.Sqrt(count));
        if (whole.Rows % side != 0 || whole.Columns % side != 0)
            throw Refusal($"{whole.Rows} rows and {whole.Columns} columns for {side} by {side} tiles",
                "tiles of equal size");
        int rows = whole.Rows / side, columns = whole.Columns / side;
        var step = Step(dataset, csa, whole);
        var first = whole.Position
            + whole.AlongRow * (whole.ColumnSpacing * (whole.Columns - columns) / 2)
            + whole.AlongColumn * (whole.RowSpacing * (whole.Rows - rows) / 2);
        return Enumerable.Range(0, count).Select(i => (i / side * rows, i % side * columns,
            whole with { Position = first + step * i, Rows = rows, Columns = columns }));
    }

    private static int Count(IDicomDataset dataset, SiemensCsa csa)
    {
        double? inner = csa.Number("NumberOfImagesInMosaic");
        double? outer = dataset.PrivateNumber(0x0019, SiemensWeighting.Creator, 0x0A, DicomNumbers.UnsignedShort);
        if (inner is not null && outer is not null && inner != outer)
            throw Refusal($"{outer} slices in one element and {inner} in another", "one number of slices");
        return (inner ?? outer) is { } count and >= 1 and <= MostSlices && count == Math.Floor(count)
            ? (int)count
            : throw Refusal("no number of slices", "(0019,100A) or NumberOfImagesInMosaic of the CSA header");
    }

    /// <summary>From slice to slice: the CSA header tells the side to which they go.</summary>
    private static Vector Step(IDicomDataset dataset, SiemensCsa csa, SlicePlane whole)
    {
        double spacing = dataset.Number(MrTags.SliceSpacing) is > 0 and { } given ? given
            : throw Refusal("no Spacing Between Slices", "the distance of the slices");
        double along = Vector.Of(csa.Numbers("SliceNormalVector")) is { } normal ? normal.Dot(whole.Normal) : 0;
        if (Math.Abs(Math.Abs(along) - 1) > 0.01)
            throw Refusal("no direction of the slices that fits their planes", "SliceNormalVector of the CSA header");
        return whole.Normal * (along > 0 ? spacing : -spacing);
    }

    private static RefusalException Refusal(string found, string expected) =>
        new("DICOM-MOSAIC", found, expected, "export the series again, with private elements, or as single slices");
}
