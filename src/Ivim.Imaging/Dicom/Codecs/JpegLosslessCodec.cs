using Ivim.Imaging.Dicom.Pixels;

namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>Lossless JPEG, process 14 with any predictor: one component, Huffman-coded (ITU-T T.81 annex H).</summary>
internal static class JpegLosslessCodec
{
    public static CodedSamples Decode(ReadOnlySpan<byte> data, PixelLayout layout)
    {
        var header = JpegLosslessHeader.Read(data);
        if (header.Rows != layout.Rows || header.Columns != layout.Columns)
            throw DicomRefusals.CorruptPixels("compressed pixels of another size than the object's");
        var samples = new int[layout.Pixels];
        var bits = new JpegBits(data, header.Start);
        int middle = 1 << (header.Precision - 1);
        int restarts = 0;
        for (int row = 0, firstRow = 0; row < header.Rows; row++)
        {
            if (header.RestartInterval > 0 && row > 0 && row * header.Columns % header.RestartInterval == 0)
            {
                bits.Restart(restarts++);
                firstRow = row;
            }
            var line = samples.AsSpan(row * header.Columns, header.Columns);
            var above = row == firstRow ? default : samples.AsSpan((row - 1) * header.Columns, header.Columns);
            ReadLine(ref bits, header, line, above, middle);
        }
        return new CodedSamples(samples, header.Precision, IsSigned: false);
    }

    private static void ReadLine(
        ref JpegBits bits, JpegLosslessHeader header, Span<int> line, ReadOnlySpan<int> above, int middle)
    {
        for (int column = 0; column < line.Length; column++)
        {
            int prediction = above.IsEmpty ? column == 0 ? middle : line[column - 1]
                : column == 0 ? above[0]
                : Predict(header.Predictor, line[column - 1], above[column], above[column - 1]);
            line[column] = prediction + Difference(ref bits, header.Table) & 0xFFFF;
        }
    }

    private static int Predict(int predictor, int left, int above, int aboveLeft) => predictor switch
    {
        1 => left,
        2 => above,
        3 => aboveLeft,
        4 => left + above - aboveLeft,
        5 => left + ((above - aboveLeft) >> 1),
        6 => above + ((left - aboveLeft) >> 1),
        _ => (left + above) >> 1,
    };

    private static int Difference(ref JpegBits bits, JpegHuffman table)
    {
        int length = table.Next(ref bits);
        if (length == 0) return 0;
        if (length == 16) return 1 << 15;
        if (length > 16) throw DicomRefusals.CorruptPixels("a difference of more than 16 bits");
        int value = (int)bits.Take(length);
        return value >> (length - 1) != 0 ? value : value - (1 << length) + 1;
    }
}
