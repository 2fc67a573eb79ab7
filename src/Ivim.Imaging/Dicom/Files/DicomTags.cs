namespace Ivim.Imaging.Dicom.Files;

/// <summary>The elements that reading a file and its frames needs.</summary>
internal static class DicomTags
{
    public const ushort MetaGroup = 0x0002;

    public static readonly DicomTag TransferSyntax = new(0x0002, 0x0010);
    public static readonly DicomTag CharacterSet = new(0x0008, 0x0005);
    public static readonly DicomTag Samples = new(0x0028, 0x0002);
    public static readonly DicomTag Photometric = new(0x0028, 0x0004);
    public static readonly DicomTag FrameCount = new(0x0028, 0x0008);
    public static readonly DicomTag Rows = new(0x0028, 0x0010);
    public static readonly DicomTag Columns = new(0x0028, 0x0011);
    public static readonly DicomTag BitsAllocated = new(0x0028, 0x0100);
    public static readonly DicomTag BitsStored = new(0x0028, 0x0101);
    public static readonly DicomTag HighBit = new(0x0028, 0x0102);
    public static readonly DicomTag PixelRepresentation = new(0x0028, 0x0103);
    public static readonly DicomTag LossyCompression = new(0x0028, 0x2110);
    public static readonly DicomTag ExtendedOffsets = new(0x7FE0, 0x0001);
    public static readonly DicomTag ExtendedLengths = new(0x7FE0, 0x0002);
    public static readonly DicomTag FloatPixels = new(0x7FE0, 0x0008);
    public static readonly DicomTag DoublePixels = new(0x7FE0, 0x0009);
    public static readonly DicomTag Pixels = new(0x7FE0, 0x0010);

    public static readonly DicomTag Item = new(0xFFFE, 0xE000);
    public static readonly DicomTag ItemEnd = new(0xFFFE, 0xE00D);
    public static readonly DicomTag SequenceEnd = new(0xFFFE, 0xE0DD);

    public static bool ArePixels(DicomTag tag) => tag == Pixels || tag == FloatPixels || tag == DoublePixels;
}
