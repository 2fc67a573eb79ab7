using System.Buffers.Binary;
using System.Globalization;

namespace Ivim.Imaging.Dicom.Files;

/// <summary>Numbers out of values.</summary>
internal static class ElementNumbers
{
    /// <summary>Empty where one of the numbers cannot be read, since the places of the others would be wrong.</summary>
    public static IReadOnlyList<double> OfTexts(IReadOnlyList<string> texts)
    {
        var numbers = new double[texts.Count];
        for (int i = 0; i < numbers.Length; i++)
            if (!double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i]))
                return [];
        return numbers;
    }

    /// <summary>Empty where the length is not a multiple of the width.</summary>
    public static IReadOnlyList<double> OfBytes(ReadOnlySpan<byte> bytes, DicomNumbers form, bool isBigEndian)
    {
        int width = Width(form);
        if (bytes.Length % width != 0) return [];
        var numbers = new double[bytes.Length / width];
        for (int i = 0; i < numbers.Length; i++)
        {
            var piece = bytes.Slice(i * width, width);
            numbers[i] = isBigEndian ? Big(piece, form) : Little(piece, form);
        }
        return numbers;
    }

    private static int Width(DicomNumbers form) => form switch
    {
        DicomNumbers.UnsignedShort or DicomNumbers.SignedShort => 2,
        DicomNumbers.DoublePrecision => 8,
        _ => 4,
    };

    private static double Little(ReadOnlySpan<byte> bytes, DicomNumbers form) => form switch
    {
        DicomNumbers.UnsignedShort => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        DicomNumbers.SignedShort => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        DicomNumbers.UnsignedLong => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        DicomNumbers.SignedLong => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        DicomNumbers.SinglePrecision => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };

    private static double Big(ReadOnlySpan<byte> bytes, DicomNumbers form) => form switch
    {
        DicomNumbers.UnsignedShort => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        DicomNumbers.SignedShort => BinaryPrimitives.ReadInt16BigEndian(bytes),
        DicomNumbers.UnsignedLong => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        DicomNumbers.SignedLong => BinaryPrimitives.ReadInt32BigEndian(bytes),
        DicomNumbers.SinglePrecision => BinaryPrimitives.ReadSingleBigEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };
}
