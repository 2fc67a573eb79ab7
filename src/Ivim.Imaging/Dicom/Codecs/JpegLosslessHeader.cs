using System.Buffers.Binary;

namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>What stands before the samples of a lossless JPEG stream (ITU-T T.81 annex B and H).</summary>
/// <param name="Predictor">1 to 7, table H.1.</param>
/// <param name="RestartInterval">Samples between restart markers; 0 for none.</param>
/// <param name="Start">Where the entropy-coded samples begin.</param>
internal sealed record JpegLosslessHeader(
    int Precision, int Rows, int Columns, JpegHuffman Table, int Predictor, int RestartInterval, int Start)
{
    private const byte StartOfImage = 0xD8, LosslessFrame = 0xC3, HuffmanTables = 0xC4, ArithmeticTables = 0xCC,
        StartOfScan = 0xDA, DefineRestart = 0xDD;

    public static JpegLosslessHeader Read(ReadOnlySpan<byte> data)
    {
        var tables = new JpegHuffman?[4];
        (int Precision, int Rows, int Columns)? frame = null;
        int restart = 0;
        if (data is not [0xFF, StartOfImage, ..]) throw DicomRefusals.CorruptPixels("no JPEG stream");
        for (int at = 2; ;)
        {
            byte marker = Marker(data, ref at);
            var segment = Segment(data, at);
            at += segment.Length + 2;
            if (marker == HuffmanTables) ReadTables(segment, tables);
            else if (marker == DefineRestart) restart = segment.Length == 2 ? UInt16(segment) : throw Broken();
            else if (marker == LosslessFrame) frame = Frame(segment);
            else if (marker == StartOfScan) return Scan(segment, frame ?? throw Broken(), tables, restart, at);
            // What is left of C0 to CF are frames of other processes; most of them lose bits.
            else if (marker is >= 0xC0 and <= 0xCF and not (HuffmanTables or ArithmeticTables))
                throw DicomRefusals.Lossy();
        }
    }

    private static JpegLosslessHeader Scan(ReadOnlySpan<byte> segment, (int Precision, int Rows, int Columns) frame,
        JpegHuffman?[] tables, int restart, int start)
    {
        if (segment is not [1, _, var table, var predictor, _, var shift] || table >> 4 > 3) throw Broken();
        // A point transform leaves low bits out.
        if (shift != 0) throw DicomRefusals.Lossy();
        if (predictor is < 1 or > 7) throw Broken();
        if (restart % frame.Columns != 0) throw Broken();
        return new JpegLosslessHeader(frame.Precision, frame.Rows, frame.Columns,
            tables[table >> 4] ?? throw Broken(), predictor, restart, start);
    }

    private static (int Precision, int Rows, int Columns) Frame(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 6) throw Broken();
        if (segment[5] != 1) throw DicomRefusals.Colour();
        int columns = UInt16(segment[3..]);
        return segment[0] is >= 2 and <= 16 && columns > 0
            ? (segment[0], UInt16(segment[1..]), columns)
            : throw Broken();
    }

    private static void ReadTables(ReadOnlySpan<byte> segment, JpegHuffman?[] tables)
    {
        while (segment.Length > 0)
        {
            if (segment.Length < 17 || segment[0] > 3) throw Broken();
            int symbols = 0;
            foreach (byte count in segment[1..17]) symbols += count;
            if (segment.Length < 17 + symbols) throw Broken();
            tables[segment[0]] = new JpegHuffman(segment[1..17], segment.Slice(17, symbols));
            segment = segment[(17 + symbols)..];
        }
    }

    private static byte Marker(ReadOnlySpan<byte> data, ref int at)
    {
        if (at >= data.Length || data[at] != 0xFF) throw Broken();
        while (at < data.Length && data[at] == 0xFF) at++;
        return at < data.Length ? data[at++] : throw Broken();
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> data, int at)
    {
        if (at + 2 > data.Length) throw Broken();
        int length = UInt16(data[at..]);
        return length >= 2 && at + length <= data.Length ? data.Slice(at + 2, length - 2) : throw Broken();
    }

    private static int UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static Physics.RefusalException Broken() => DicomRefusals.CorruptPixels("a damaged JPEG header");
}
