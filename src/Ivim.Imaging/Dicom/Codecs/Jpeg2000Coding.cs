using System.Buffers.Binary;

namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>How a JPEG 2000 codestream or a part of it is coded (ISO/IEC 15444-1 A.6.1 and A.6.2).</summary>
internal static class Jpeg2000Coding
{
    // What no scanner writes; the library asks for memory by their product, whatever the stream holds.
    private const int MostLayers = 256, MostLevels = 32;
    private const long MostPrecincts = 1 << 14, MostBlocks = 1 << 18;
    private const byte ReversibleWavelet = 1;

    /// <param name="segment">COD.</param>
    public static void RequireLossless(ReadOnlySpan<byte> segment, int rows, int columns)
    {
        if (segment.Length < 10) throw Broken();
        if (BinaryPrimitives.ReadUInt16BigEndian(segment[2..]) > MostLayers)
            throw DicomRefusals.TooLarge("a JPEG 2000 frame of more layers", $"at most {MostLayers}");
        Require(segment[5..], hasPrecincts: (segment[0] & 1) != 0, rows, columns);
    }

    /// <param name="segment">COC of a stream of one component.</param>
    public static void RequireComponentLossless(ReadOnlySpan<byte> segment, int rows, int columns)
    {
        if (segment.Length < 7) throw Broken();
        Require(segment[2..], hasPrecincts: (segment[1] & 1) != 0, rows, columns);
    }

    /// <param name="fields">Levels, code-block width and height, style, wavelet, precincts from the smallest
    /// resolution to the largest.</param>
    private static void Require(ReadOnlySpan<byte> fields, bool hasPrecincts, int rows, int columns)
    {
        int levels = fields[0];
        if (fields[4] != ReversibleWavelet) throw DicomRefusals.Lossy();
        if (levels > MostLevels || hasPrecincts && fields.Length < 6 + levels) throw Broken();
        const int leastExponent = 2, mostExponent = 8;
        if (fields[1] > mostExponent || fields[2] > mostExponent) throw Broken();
        if (Parts(columns, fields[1] + leastExponent) * Parts(rows, fields[2] + leastExponent) > MostBlocks)
            throw DicomRefusals.TooLarge("a JPEG 2000 frame of more code-blocks", $"at most {MostBlocks}");
        if (!hasPrecincts) return;
        long precincts = 0;
        for (int level = 0; level <= levels; level++)
        {
            int reduction = levels - level, exponents = fields[5 + level];
            precincts += Parts(columns, reduction + (exponents & 15)) * Parts(rows, reduction + (exponents >> 4));
        }
        if (precincts > MostPrecincts)
            throw DicomRefusals.TooLarge("a JPEG 2000 frame of more precincts", $"at most {MostPrecincts}");
    }

    private static long Parts(int length, int exponent) => (length + (1L << exponent) - 1) >> exponent;

    private static Physics.RefusalException Broken() => DicomRefusals.CorruptPixels("a damaged JPEG 2000 codestream");
}
