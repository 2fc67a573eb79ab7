using Ivim.Imaging.Dicom.Files;

namespace Ivim.Imaging.Dicom.Pixels;

/// <summary>How the pixels of an object are packed.</summary>
/// <param name="Frames">That the object announces.</param>
/// <param name="BitsStored">Significant bits, of which <paramref name="HighBit"/> is the last.</param>
internal sealed record PixelLayout(
    int Rows, int Columns, int Frames, int BitsAllocated, int BitsStored, int HighBit, bool IsSigned, bool IsFloat)
{
    private const int MostFrames = 1 << 20;

    public int Pixels => Rows * Columns;

    public int BytesPerPixel => BitsAllocated / 8;

    public int FrameBytes => Pixels * BytesPerPixel;

    /// <summary>Number of frames; 1 where the number cannot be read, which <see cref="Of"/> then refuses.</summary>
    public static int FrameCount(IDicomDataset dataset) =>
        !dataset.Contains(DicomTags.FrameCount) || dataset.Bytes(DicomTags.FrameCount).IsEmpty ? 1
        : dataset.Numbers(DicomTags.FrameCount) is [>= 1 and <= MostFrames and var count] ? (int)count
        : 1;

    /// <exception cref="Physics.RefusalException">DICOM-PIXEL-FORMAT, DICOM-COLOUR, DICOM-TOO-LARGE.</exception>
    public static PixelLayout Of(IDicomDataset dataset, DicomTag pixels, DicomLimits limits)
    {
        if (Short(dataset, DicomTags.Samples, 1) != 1
            || dataset.Texts(DicomTags.Photometric) is ["PALETTE COLOR", ..]) throw DicomRefusals.Colour();
        if (dataset.Bytes(DicomTags.FrameCount).Length > 0
            && dataset.Numbers(DicomTags.FrameCount) is not [>= 1 and <= MostFrames])
            throw DicomRefusals.PixelFormat("no usable number of frames", $"a whole number from 1 to {MostFrames}");
        bool isFloat = pixels != DicomTags.Pixels;
        int width = pixels == DicomTags.FloatPixels ? 32 : 64;
        int allocated = Short(dataset, DicomTags.BitsAllocated, isFloat ? width : null);
        int stored = isFloat ? allocated : Short(dataset, DicomTags.BitsStored);
        var layout = new PixelLayout(Short(dataset, DicomTags.Rows), Short(dataset, DicomTags.Columns),
            FrameCount(dataset), allocated, stored,
            isFloat ? allocated - 1 : Short(dataset, DicomTags.HighBit, stored - 1),
            !isFloat && Short(dataset, DicomTags.PixelRepresentation) == 1, isFloat);
        layout.RequireReadable(isFloat ? width : null, limits);
        return layout;
    }

    private void RequireReadable(int? floatWidth, DicomLimits limits)
    {
        if (Rows == 0 || Columns == 0) throw DicomRefusals.PixelFormat($"{Rows} x {Columns} pixels", "some");
        if (floatWidth is { } width ? BitsAllocated != width : BitsAllocated is not (8 or 16 or 32))
            throw DicomRefusals.PixelFormat($"{BitsAllocated} bits for a pixel", floatWidth is null ? "8, 16 or 32"
                : $"{floatWidth}");
        if (BitsStored < 1 || HighBit >= BitsAllocated || HighBit < BitsStored - 1)
            throw DicomRefusals.PixelFormat(
                $"{BitsStored} stored bits up to bit {HighBit} of {BitsAllocated}", "bits that lie inside the pixel");
        if ((long)Rows * Columns * Math.Max(BytesPerPixel, sizeof(int)) > limits.FrameBytes)
            throw DicomRefusals.TooLarge($"a frame of {Rows} x {Columns} pixels", $"at most {limits.FrameBytes} bytes");
    }

    private static int Short(IDicomDataset dataset, DicomTag tag, int? absent = null) =>
        dataset.Numbers(tag, DicomNumbers.UnsignedShort) is [>= 0 and <= ushort.MaxValue and var value, ..]
            ? (int)value
            : absent is { } otherwise && dataset.Bytes(tag).IsEmpty ? otherwise
            : throw DicomRefusals.PixelFormat($"no usable {tag}", "the elements that describe the pixels");
}
