using System.Buffers.Binary;
using System.IO.Compression;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Reports.Pages;

/// <summary>PNG files of one byte a pixel: a quarter of the bytes to compress of one in full colour.</summary>
/// <remarks>PNG (Third Edition), W3C 2025, colour type 3; no filter, which suits images of indices.</remarks>
internal static class PalettePng
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <param name="palette">Red, green and blue of up to 256 colours.</param>
    /// <param name="indices">Row by row from the top.</param>
    public static byte[] Encode(ReadOnlySpan<byte> palette, ReadOnlySpan<byte> indices, int width)
    {
        int height = indices.Length / width;
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8; // bits of an index
        header[9] = 3; // indices into a palette
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "PLTE"u8, palette);
        Chunk(file, "IDAT"u8, Compressed(indices, width, height));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compressed(ReadOnlySpan<byte> indices, int width, int height)
    {
        using var bytes = new MemoryStream();
        using (var zlib = new ZLibStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            var rows = new byte[height * (width + 1)]; // a zero before each row: no filter
            for (int y = 0; y < height; y++)
                indices.Slice(y * width, width).CopyTo(rows.AsSpan(y * (width + 1) + 1));
            zlib.Write(rows);
        }
        return bytes.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        var sum = new Crc32();
        sum.Append(kind);
        sum.Append(content);
        file.Write(kind);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, sum.Value);
        file.Write(number);
    }
}
