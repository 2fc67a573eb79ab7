using System.Buffers.Binary;
using Ivim.Imaging.Dicom.Pixels;

namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>DICOM's run length encoding (PS3.5 annex G): one segment for each byte of a pixel, the highest first.
/// </summary>
internal static class RunLengthCodec
{
    private const int HeaderBytes = 64;

    /// <returns>The pixels in little endian.</returns>
    public static byte[] Decode(ReadOnlySpan<byte> data, PixelLayout layout)
    {
        if (data.Length < HeaderBytes) throw DicomRefusals.CorruptPixels("a run length header that ends early");
        int width = layout.BytesPerPixel;
        if (BinaryPrimitives.ReadUInt32LittleEndian(data) != width)
            throw DicomRefusals.CorruptPixels("another number of run length segments than a pixel has bytes");
        var pixels = new byte[layout.FrameBytes];
        for (int segment = 0; segment < width; segment++)
        {
            uint start = Offset(data, segment + 1);
            uint end = segment + 1 < width ? Offset(data, segment + 2) : (uint)data.Length;
            if (start < HeaderBytes || start > end || end > data.Length)
                throw DicomRefusals.CorruptPixels("run length segments outside the frame");
            Unpack(data[(int)start..(int)end], pixels, width - 1 - segment, width);
        }
        return pixels;
    }

    private static uint Offset(ReadOnlySpan<byte> data, int entry) =>
        BinaryPrimitives.ReadUInt32LittleEndian(data[(entry * sizeof(uint))..]);

    private static void Unpack(ReadOnlySpan<byte> packed, Span<byte> pixels, int target, int step)
    {
        int at = 0;
        while (target < pixels.Length)
        {
            if (at >= packed.Length) throw DicomRefusals.CorruptPixels("run length data that end early");
            int head = (sbyte)packed[at++];
            if (head == sbyte.MinValue) continue;
            int count = head >= 0 ? head + 1 : 1 - head;
            int taken = head >= 0 ? count : 1;
            if (at + taken > packed.Length || (long)target + (count - 1L) * step >= pixels.Length)
                throw DicomRefusals.CorruptPixels("run length data that do not fill the frame");
            for (int i = 0; i < count; i++, target += step) pixels[target] = packed[at + (head >= 0 ? i : 0)];
            at += taken;
        }
    }
}
