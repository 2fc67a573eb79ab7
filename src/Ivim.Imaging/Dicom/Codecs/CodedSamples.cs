using Ivim.Imaging.Dicom.Pixels;

namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>The samples of one frame, as a codec gives them.</summary>
/// <param name="Precision">Bits of a sample, by the compressed data.</param>
/// <param name="IsSigned">Whether the compressed data have signs of their own.</param>
internal sealed record CodedSamples(int[] Values, int Precision, bool IsSigned)
{
    /// <summary>The stored values that the object means; refused where it and the compressed data contradict each
    /// other about the sign of a sample.</summary>
    public int[] AsStored(PixelLayout layout)
    {
        if (Precision > layout.BitsAllocated || layout.HighBit != layout.BitsStored - 1)
            throw DicomRefusals.PixelFormat($"compressed samples of {Precision} bits", $"{layout.BitsStored}");
        for (int i = 0; i < Values.Length; i++)
            Values[i] = IsSigned ? Signed(Values[i], layout) : Unsigned(Values[i], layout);
        return Values;
    }

    private static int Signed(int value, PixelLayout layout)
    {
        long least = layout.IsSigned ? -(1L << (layout.BitsStored - 1)) : 0;
        if (value < least || value >= least + (1L << layout.BitsStored))
            throw DicomRefusals.PixelRange("compressed values of a sign that the object excludes");
        return value;
    }

    private int Unsigned(int value, PixelLayout layout)
    {
        if (!layout.IsSigned && (uint)value >> (Precision - 1) > 1)
            throw DicomRefusals.CorruptPixels("samples above their own precision");
        // With fewer bits than the object stores nobody knows which of them is the sign.
        if (layout.IsSigned && Precision < layout.BitsStored && value >> (Precision - 1) != 0)
            throw DicomRefusals.PixelRange("compressed values whose sign cannot be told");
        return StoredValues.Significant((uint)value, layout);
    }
}
