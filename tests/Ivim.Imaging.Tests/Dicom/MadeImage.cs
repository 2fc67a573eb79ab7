using System.Buffers.Binary;
using Ivim.Imaging.Dicom;
using Ivim.Imaging.Dicom.Writing;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>An image to be changed in one thing.</summary>
internal sealed record MadeImage
{
    public static readonly DicomTag FrameCount = new(0x0028, 0x0008), Pixels = new(0x7FE0, 0x0010);

    public ushort Rows { get; init; } = 2;

    public ushort Columns { get; init; } = 2;

    public ushort Allocated { get; init; } = 16;

    public ushort Stored { get; init; } = 16;

    public ushort? HighBit { get; init; }

    public bool IsSigned { get; init; }

    public ushort Samples { get; init; } = 1;

    public string Photometric { get; init; } = "MONOCHROME2";

    /// <summary>Null for an image without pixel data.</summary>
    public byte[]? Data { get; init; } = [1, 0, 2, 0, 3, 0, 4, 0];

    public Action<DicomContent> Change { get; init; } = _ => { };

    public static byte[] Words(params ReadOnlySpan<uint> words)
    {
        var bytes = new byte[words.Length * sizeof(uint)];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), words[i]);
        return bytes;
    }

    /// <summary>Turns native pixel data into one frame of this syntax.</summary>
    public static byte[] Packed(byte[] file, string syntax, byte[] frame)
    {
        const string explicitLittle = "1.2.840.10008.1.2.1\0";
        int name = file.AsSpan().IndexOf("1.2.840.10008.1.2.1\0"u8);
        int pixels = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xE0, 0x7F, 0x10, 0x00]);
        var padded = syntax.PadRight(syntax.Length + syntax.Length % 2, '\0');
        var meta = file[..name].Concat(padded.Select(letter => (byte)letter)).ToArray();
        meta[name - 2] = (byte)padded.Length;
        byte[] even = frame.Length % 2 == 0 ? frame : [.. frame, 0];
        return
        [
            .. meta, .. file[(name + explicitLittle.Length)..pixels],
            0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
            .. Words(0xE000FFFE, 0), .. Words(0xE000FFFE, (uint)even.Length), .. even, .. Words(0xE0DDFFFE, 0),
        ];
    }

    public byte[] Bytes()
    {
        var content = new DicomContent()
            .Text(new DicomTag(0x0008, 0x0016), "UI", "1.2.840.10008.5.1.4.1.1.4")
            .Text(new DicomTag(0x0008, 0x0018), "UI", "2.25.1")
            .UnsignedShorts(new DicomTag(0x0028, 0x0002), Samples)
            .Text(new DicomTag(0x0028, 0x0004), "CS", Photometric)
            .UnsignedShorts(new DicomTag(0x0028, 0x0010), Rows)
            .UnsignedShorts(new DicomTag(0x0028, 0x0011), Columns)
            .UnsignedShorts(new DicomTag(0x0028, 0x0100), Allocated)
            .UnsignedShorts(new DicomTag(0x0028, 0x0101), Stored)
            .UnsignedShorts(new DicomTag(0x0028, 0x0102), HighBit ?? (ushort)(Stored - 1))
            .UnsignedShorts(new DicomTag(0x0028, 0x0103), IsSigned ? (ushort)1 : (ushort)0);
        if (Data is not null) content.Bytes(Pixels, Allocated == 8 ? "OB" : "OW", Data);
        Change(content);
        return DicomWriter.Bytes(content);
    }
}
