namespace Ivim.Imaging.Dicom.Vendors;

/// <summary>The elements that make a series of images out of objects.</summary>
internal static class MrTags
{
    public static readonly DicomTag ImageType = new(0x0008, 0x0008);
    public static readonly DicomTag SopClass = new(0x0008, 0x0016);
    public static readonly DicomTag SopInstance = new(0x0008, 0x0018);
    public static readonly DicomTag Modality = new(0x0008, 0x0060);
    public static readonly DicomTag Manufacturer = new(0x0008, 0x0070);
    public static readonly DicomTag FrameType = new(0x0008, 0x9007);
    public static readonly DicomTag ComplexComponent = new(0x0008, 0x9208);
    public static readonly DicomTag SliceThickness = new(0x0018, 0x0050);
    public static readonly DicomTag SliceSpacing = new(0x0018, 0x0088);
    public static readonly DicomTag PhaseAxis = new(0x0018, 0x1312);
    public static readonly DicomTag Directionality = new(0x0018, 0x9075);
    public static readonly DicomTag DirectionSequence = new(0x0018, 0x9076);
    public static readonly DicomTag BValue = new(0x0018, 0x9087);
    public static readonly DicomTag Direction = new(0x0018, 0x9089);
    public static readonly DicomTag DiffusionSequence = new(0x0018, 0x9117);
    public static readonly DicomTag FrameTypeSequence = new(0x0018, 0x9226);
    public static readonly DicomTag BMatrixSequence = new(0x0018, 0x9601);
    public static readonly DicomTag SeriesInstance = new(0x0020, 0x000E);
    public static readonly DicomTag SeriesNumber = new(0x0020, 0x0011);
    public static readonly DicomTag AcquisitionNumber = new(0x0020, 0x0012);
    public static readonly DicomTag InstanceNumber = new(0x0020, 0x0013);
    public static readonly DicomTag Position = new(0x0020, 0x0032);
    public static readonly DicomTag Orientation = new(0x0020, 0x0037);
    public static readonly DicomTag ImageComments = new(0x0020, 0x4000);
    public static readonly DicomTag PositionSequence = new(0x0020, 0x9113);
    public static readonly DicomTag OrientationSequence = new(0x0020, 0x9116);
    public static readonly DicomTag Rows = new(0x0028, 0x0010);
    public static readonly DicomTag Columns = new(0x0028, 0x0011);
    public static readonly DicomTag PixelSpacing = new(0x0028, 0x0030);
    public static readonly DicomTag Intercept = new(0x0028, 0x1052);
    public static readonly DicomTag Slope = new(0x0028, 0x1053);
    public static readonly DicomTag MeasuresSequence = new(0x0028, 0x9110);
    public static readonly DicomTag TransformationSequence = new(0x0028, 0x9145);
    public static readonly DicomTag SharedGroups = new(0x5200, 0x9229);
    public static readonly DicomTag FrameGroups = new(0x5200, 0x9230);
    public static readonly DicomTag PhilipsStack = new(0x2005, 0x140F);
}

internal static class DatasetReading
{
    /// <summary>The first value, or nothing.</summary>
    public static string Text(this IDicomDataset dataset, DicomTag tag) => dataset.Texts(tag).FirstOrDefault("");

    public static double? Number(this IDicomDataset dataset, DicomTag tag, DicomNumbers unknown = DicomNumbers.Text) =>
        dataset.Numbers(tag, unknown) is [double first, ..] && double.IsFinite(first) ? first : null;

    public static IReadOnlyList<double> PrivateNumbers(
        this IDicomDataset dataset, ushort group, string creator, byte element, DicomNumbers unknown) =>
        dataset.Private(group, creator, element) is { } tag ? dataset.Numbers(tag, unknown) : [];

    public static double? PrivateNumber(
        this IDicomDataset dataset, ushort group, string creator, byte element, DicomNumbers unknown) =>
        dataset.PrivateNumbers(group, creator, element, unknown) is [double first, ..] && double.IsFinite(first)
            ? first
            : null;

    public static string PrivateText(this IDicomDataset dataset, ushort group, string creator, byte element) =>
        dataset.Private(group, creator, element) is { } tag ? dataset.Text(tag) : "";
}
