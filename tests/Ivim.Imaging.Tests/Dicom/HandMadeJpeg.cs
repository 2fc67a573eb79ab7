using System.Numerics;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>Lossless JPEG streams with restart markers, which no program at hand writes (ITU-T T.81 H.1).
/// </summary>
internal static class HandMadeJpeg
{
    /// <param name="restartRows">Rows between restart markers; 0 for none.</param>
    /// <param name="shift">The point transform that the header claims.</param>
    public static byte[] Lossless(int[] pixels, int rows, int columns, int restartRows, int shift = 0,
        int precision = 16)
    {
        // All 17 categories have codes of 5 bits, the category itself.
        byte[] counts = [0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        int restart = restartRows * columns;
        var stream = new List<byte> { 0xFF, 0xD8 };
        stream.AddRange([0xFF, 0xC4, 0, 2 + 17 + 17, 0, .. counts, .. Enumerable.Range(0, 17).Select(i => (byte)i)]);
        stream.AddRange([0xFF, 0xC3, 0, 11, (byte)precision,
            (byte)(rows >> 8), (byte)rows, (byte)(columns >> 8), (byte)columns, 1, 1, 0x11, 0]);
        stream.AddRange([0xFF, 0xDD, 0, 4, (byte)(restart >> 8), (byte)restart]);
        stream.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 0, (byte)shift]);
        int interval = restartRows == 0 ? rows : restartRows;
        for (int first = 0, number = 0; first < rows; first += interval, number++)
        {
            if (first > 0) stream.AddRange([0xFF, (byte)(0xD0 + (number - 1 & 7))]);
            stream.AddRange(Rows(pixels, first, Math.Min(first + interval, rows), columns, 1 << (precision - 1)));
        }
        stream.AddRange([0xFF, 0xD9]);
        return [.. stream];
    }

    private static List<byte> Rows(int[] pixels, int first, int end, int columns, int middle)
    {
        var bits = new List<bool>();
        for (int row = first; row < end; row++)
            for (int column = 0; column < columns; column++)
            {
                int at = row * columns + column;
                int prediction = column > 0 ? pixels[at - 1] : row > first ? pixels[at - columns] : middle;
                AddDifference(bits, (short)(pixels[at] - prediction));
            }
        while (bits.Count % 8 != 0) bits.Add(true);
        var bytes = new List<byte>();
        for (int i = 0; i < bits.Count; i += 8)
        {
            int value = 0;
            for (int bit = 0; bit < 8; bit++) value = value << 1 | (bits[i + bit] ? 1 : 0);
            bytes.Add((byte)value);
            if (value == 0xFF) bytes.Add(0);
        }
        return bytes;
    }

    private static void AddDifference(List<bool> bits, int difference)
    {
        int size = difference == short.MinValue ? 16 : 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(difference));
        Add(bits, size, 5);
        if (size is > 0 and < 16) Add(bits, difference > 0 ? difference : difference + (1 << size) - 1, size);
    }

    private static void Add(List<bool> bits, int value, int count)
    {
        for (int bit = count - 1; bit >= 0; bit--) bits.Add((value >> bit & 1) != 0);
    }
}
