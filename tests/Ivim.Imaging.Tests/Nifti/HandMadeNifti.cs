using System.Buffers.Binary;
using System.IO.Compression;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Tests.Nifti;

/// <summary>Files made byte by byte from the offsets in nifti1.h and nifti2.h, without the code under test.</summary>
internal sealed record HandMadeNifti
{
    public bool Two { get; init; }
    public bool BigEndian { get; init; }
    public bool Pair { get; init; }
    public int Type { get; init; } = 16;
    public int Bits { get; init; } = 32;
    public long[] Dim { get; init; } = [4, 3, 2, 2, 2];
    public double Slope { get; init; }
    public double Intercept { get; init; }
    public double Offset { get; init; } = -1;
    public bool Extension { get; init; }
    public double[] Voxels { get; init; } = [.. Enumerable.Range(0, 24).Select(i => (double)i)];

    public byte[] HeaderBytes()
    {
        var h = new byte[Two ? 544 : 352];
        double offset = Offset >= 0 ? Offset : Pair ? 0 : h.Length;
        Int32(h, 0, Two ? 540 : 348);
        for (int i = 0; i < Dim.Length; i++) if (Two) Int64(h, 16 + 8 * i, Dim[i]); else Int16(h, 40 + 2 * i, Dim[i]);
        Int16(h, Two ? 12 : 70, Type);
        Int16(h, Two ? 14 : 72, Bits);
        double[] pixdim = [-1, 1.5, 2.5, 3.5, 7, 0, 0, 0];
        for (int i = 0; i < 8; i++) Real(h, 76 + 4 * i, 104 + 8 * i, pixdim[i]);
        if (Two) Int64(h, 168, (long)offset); else Real(h, 108, 0, offset);
        Real(h, 112, 176, Slope);
        Real(h, 116, 184, Intercept);
        if (Two) Int32(h, 500, 10); else h[123] = 10;
        "somebody's name"u8.CopyTo(h.AsSpan(Two ? 240 : 148));
        if (Two) { Int32(h, 344, 1); Int32(h, 348, 2); } else { Int16(h, 252, 1); Int16(h, 254, 2); }
        double[] quaternion = [0.1, 0.2, 0.3, -10, -20, -30];
        for (int i = 0; i < 6; i++) Real(h, 256 + 4 * i, 352 + 8 * i, quaternion[i]);
        double[] rows = [1.5, 0.01, 0, -11, 0, 2.5, 0.02, -21, 0.03, 0, 3.5, -31];
        for (int i = 0; i < 12; i++) Real(h, 280 + 4 * i, 400 + 8 * i, rows[i]);
        if (Two) (Pair ? "ni2\0\r\n\x1a\n"u8 : "n+2\0\r\n\x1a\n"u8).CopyTo(h.AsSpan(4));
        else (Pair ? "ni1\0"u8 : "n+1\0"u8).CopyTo(h.AsSpan(344));
        if (Extension) h[Two ? 540 : 348] = 1;
        return h;
    }

    public byte[] VoxelBytes() => [.. Voxels.SelectMany(Stored)];

    public byte[] Bytes() => [.. HeaderBytes(), .. VoxelBytes()];

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        return stream.ToArray();
    }

    public static int BitsOf(NiftiDataType type) => type switch
    {
        NiftiDataType.Unsigned8 or NiftiDataType.Signed8 => 8,
        NiftiDataType.Signed16 or NiftiDataType.Unsigned16 => 16,
        NiftiDataType.Signed32 or NiftiDataType.Unsigned32 or NiftiDataType.Real32 => 32,
        _ => 64,
    };

    private byte[] Stored(double value)
    {
        byte[] bytes = Type switch
        {
            2 => [(byte)value],
            256 => [(byte)(sbyte)value],
            4 => BitConverter.GetBytes((short)value),
            512 => BitConverter.GetBytes((ushort)value),
            8 => BitConverter.GetBytes((int)value),
            768 => BitConverter.GetBytes((uint)value),
            1024 => BitConverter.GetBytes((long)value),
            1280 => BitConverter.GetBytes((ulong)value),
            16 => BitConverter.GetBytes((float)value),
            _ => BitConverter.GetBytes(value),
        };
        if (BigEndian) Array.Reverse(bytes);
        return bytes;
    }

    private void Real(byte[] h, int one, int two, double value)
    {
        if (Two) Int64(h, two, BitConverter.DoubleToInt64Bits(value));
        else Int32(h, one, BitConverter.SingleToInt32Bits((float)value));
    }

    private void Int16(byte[] h, int at, long value)
    {
        if (BigEndian) BinaryPrimitives.WriteInt16BigEndian(h.AsSpan(at), (short)value);
        else BinaryPrimitives.WriteInt16LittleEndian(h.AsSpan(at), (short)value);
    }

    private void Int32(byte[] h, int at, long value)
    {
        if (BigEndian) BinaryPrimitives.WriteInt32BigEndian(h.AsSpan(at), (int)value);
        else BinaryPrimitives.WriteInt32LittleEndian(h.AsSpan(at), (int)value);
    }

    private void Int64(byte[] h, int at, long value)
    {
        if (BigEndian) BinaryPrimitives.WriteInt64BigEndian(h.AsSpan(at), value);
        else BinaryPrimitives.WriteInt64LittleEndian(h.AsSpan(at), value);
    }
}
