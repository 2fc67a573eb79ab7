namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>One Huffman table of a JPEG stream (ITU-T T.81 annex C).</summary>
internal sealed class JpegHuffman
{
    private const int LongestCode = 16;

    private readonly byte[] _symbols;

    // By the next 16 bits: the first place that a code does not reach, for each length.
    private readonly int[] _ends = new int[LongestCode + 1];
    private readonly int[] _firstCodes = new int[LongestCode + 1];
    private readonly int[] _firstSymbols = new int[LongestCode + 1];

    /// <param name="counts">How many codes of 1 to 16 bits there are.</param>
    public JpegHuffman(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        int code = 0, symbol = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            (_firstCodes[length], _firstSymbols[length]) = (code, symbol);
            code += counts[length - 1];
            symbol += counts[length - 1];
            if (code > 1 << length) throw DicomRefusals.CorruptPixels("a Huffman table of too many codes");
            _ends[length] = code << (LongestCode - length);
            code <<= 1;
        }
    }

    public int Next(ref JpegBits bits)
    {
        int look = (int)bits.Look(LongestCode);
        for (int length = 1; length <= LongestCode; length++)
        {
            if (look >= _ends[length]) continue;
            bits.Drop(length);
            return _symbols[_firstSymbols[length] + (look >> (LongestCode - length)) - _firstCodes[length]];
        }
        throw DicomRefusals.CorruptPixels("a Huffman code that is in no table");
    }
}
