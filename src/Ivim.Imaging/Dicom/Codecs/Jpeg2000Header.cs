using System.Buffers.Binary;

namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>What a JPEG 2000 codestream says of itself (ISO/IEC 15444-1 annex A), read before the library sees it: its
/// size, whether it loses bits, and that it is whole.</summary>
internal sealed record Jpeg2000Header(int Rows, int Columns, int Precision, bool IsSigned)
{
    private const ushort StartOfStream = 0xFF4F, Size = 0xFF51, Coding = 0xFF52, ComponentCoding = 0xFF53,
        StartOfTile = 0xFF90, StartOfData = 0xFF93, EndOfStream = 0xFFD9;

    // Many tiles are for images that no scanner makes; each costs memory whatever it holds.
    private const long MostTiles = 4096;

    public static Jpeg2000Header Read(ReadOnlySpan<byte> data)
    {
        if (data.Length < 4 || UInt16(data) != StartOfStream || UInt16(data[2..]) != Size)
            throw DicomRefusals.CorruptPixels("no JPEG 2000 codestream");
        var header = SizeOf(Segment(data, 4));
        bool hasCoding = false;
        int at = 4 + Segment(data, 4).Length + 2;
        for (; Marker(data, at) != StartOfTile; at = header.SkipSegment(data, at, ref hasCoding))
        {
        }
        while (Marker(data, at) == StartOfTile) at = header.TileEnd(data, at, ref hasCoding);
        if (!hasCoding || Marker(data, at) != EndOfStream) throw Broken();
        return header;
    }

    private static Jpeg2000Header SizeOf(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 39) throw Broken();
        long right = UInt32(segment[2..]), bottom = UInt32(segment[6..]);
        long left = UInt32(segment[10..]), top = UInt32(segment[14..]);
        long tileWidth = UInt32(segment[18..]), tileHeight = UInt32(segment[22..]);
        if (UInt16(segment[34..]) != 1) throw DicomRefusals.Colour();
        if (left != 0 || top != 0 || right is < 1 or > ushort.MaxValue || bottom is < 1 or > ushort.MaxValue
            || tileWidth == 0 || tileHeight == 0 || UInt32(segment[26..]) != 0 || UInt32(segment[30..]) != 0
            || segment[37] != 1 || segment[38] != 1) throw Broken();
        if (((right + tileWidth - 1) / tileWidth) * ((bottom + tileHeight - 1) / tileHeight) > MostTiles)
            throw DicomRefusals.TooLarge("a frame of more tiles", $"at most {MostTiles}");
        int precision = (segment[36] & 0x7F) + 1;
        if (precision > 31) throw Broken();
        return new Jpeg2000Header((int)bottom, (int)right, precision, (segment[36] & 0x80) != 0);
    }

    /// <summary>Goes through the header of one part of a tile, and over its data.</summary>
    private int TileEnd(ReadOnlySpan<byte> data, int start, ref bool hasCoding)
    {
        var segment = Segment(data, start + 2);
        if (segment.Length != 8) throw Broken();
        long length = UInt32(segment[2..]);
        int at = start + 12;
        for (; Marker(data, at) != StartOfData; at = SkipSegment(data, at, ref hasCoding))
        {
        }
        // Length 0: up to the end of the stream.
        if (length == 0) return LastMarker(data);
        return start + length >= at + 2 && start + length <= data.Length ? (int)(start + length) : throw Broken();
    }

    private int SkipSegment(ReadOnlySpan<byte> data, int at, ref bool hasCoding)
    {
        ushort marker = Marker(data, at);
        var segment = Segment(data, at + 2);
        if (marker == Coding) hasCoding = true;
        if (marker == Coding) Jpeg2000Coding.RequireLossless(segment, Rows, Columns);
        if (marker == ComponentCoding) Jpeg2000Coding.RequireComponentLossless(segment, Rows, Columns);
        return at + 2 + segment.Length + 2;
    }

    private static int LastMarker(ReadOnlySpan<byte> data)
    {
        var whole = data.TrimEnd((byte)0);
        return whole.Length - 2;
    }

    private static ushort Marker(ReadOnlySpan<byte> data, int at) =>
        at >= 0 && at + 2 <= data.Length ? UInt16(data[at..]) : throw Broken();

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> data, int at)
    {
        int length = Marker(data, at);
        return length >= 2 && at + length <= data.Length ? data.Slice(at + 2, length - 2) : throw Broken();
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static Physics.RefusalException Broken() => DicomRefusals.CorruptPixels("a damaged JPEG 2000 codestream");
}
