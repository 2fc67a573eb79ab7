using System.Buffers.Binary;

namespace Ivim.Imaging.Dicom.Pixels;

/// <summary>From packed pixels to numbers: significant bits only, negative where the object says so.</summary>
internal static class StoredValues
{
    /// <summary>Pixels as they lie in a file.</summary>
    public static DicomFrame Unpack(ReadOnlySpan<byte> bytes, PixelLayout layout, bool isBigEndian) =>
        layout.IsFloat
            ? new DicomFrame(layout.Rows, layout.Columns, null, Floats(bytes, layout, isBigEndian))
            : new DicomFrame(layout.Rows, layout.Columns, Integers(bytes, layout, isBigEndian), null);

    /// <summary>One pixel of <see cref="PixelLayout.BitsAllocated"/> bits as the number it stands for.</summary>
    public static int Significant(uint packed, PixelLayout layout)
    {
        uint shifted = packed >> (layout.HighBit + 1 - layout.BitsStored);
        int unused = 32 - layout.BitsStored;
        if (layout.IsSigned) return (int)(shifted << unused) >> unused;
        uint value = shifted << unused >> unused;
        return value <= int.MaxValue
            ? (int)value
            : throw DicomRefusals.PixelRange("pixel values of 2147483648 and more");
    }

    private static int[] Integers(ReadOnlySpan<byte> bytes, PixelLayout layout, bool isBigEndian)
    {
        var values = new int[layout.Pixels];
        for (int i = 0; i < values.Length; i++)
            values[i] = Significant(Packed(bytes, i, layout.BytesPerPixel, isBigEndian), layout);
        return values;
    }

    private static uint Packed(ReadOnlySpan<byte> bytes, int pixel, int width, bool isBigEndian)
    {
        var place = bytes.Slice(pixel * width, width);
        return width switch
        {
            1 => place[0],
            2 when isBigEndian => BinaryPrimitives.ReadUInt16BigEndian(place),
            2 => BinaryPrimitives.ReadUInt16LittleEndian(place),
            _ when isBigEndian => BinaryPrimitives.ReadUInt32BigEndian(place),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(place),
        };
    }

    private static double[] Floats(ReadOnlySpan<byte> bytes, PixelLayout layout, bool isBigEndian)
    {
        var values = new double[layout.Pixels];
        for (int i = 0; i < values.Length; i++)
        {
            var place = bytes.Slice(i * layout.BytesPerPixel, layout.BytesPerPixel);
            values[i] = (layout.BytesPerPixel, isBigEndian) switch
            {
                (4, false) => BinaryPrimitives.ReadSingleLittleEndian(place),
                (4, true) => BinaryPrimitives.ReadSingleBigEndian(place),
                (_, false) => BinaryPrimitives.ReadDoubleLittleEndian(place),
                (_, true) => BinaryPrimitives.ReadDoubleBigEndian(place),
            };
        }
        return values;
    }
}
