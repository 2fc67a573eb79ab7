using System.Buffers.Binary;
using System.Text;
using Ivim.Imaging.Dicom.Files;

namespace Ivim.Imaging.Dicom.Writing;

/// <summary>Writes DICOM files (PS3.10) in explicit little endian.</summary>
public static class DicomWriter
{
    private const int PreambleBytes = 128;
    private static readonly DicomTag SopClass = new(0x0008, 0x0016), SopInstance = new(0x0008, 0x0018);

    private static readonly string Implementation = DicomUid.Of("Ivim", "DICOM writer");

    /// <summary>The file of one object, the same bytes for the same contents.</summary>
    /// <param name="content">With SOP Class UID and SOP Instance UID. Text that is not ASCII needs (0008,0005) to be
    /// ISO_IR 192.</param>
    public static void Write(Stream file, DicomContent content)
    {
        RequireEncodable(content);
        file.Write(new byte[PreambleBytes]);
        file.Write("DICM"u8);
        var meta = new MemoryStream();
        Elements(meta, Meta(content));
        Elements(file, new DicomContent().UnsignedLongs(new DicomTag(0x0002, 0x0000), (uint)meta.Length));
        file.Write(meta.GetBuffer().AsSpan(0, (int)meta.Length));
        Elements(file, content);
    }

    public static byte[] Bytes(DicomContent content)
    {
        using var file = new MemoryStream();
        Write(file, content);
        return file.ToArray();
    }

    private static DicomContent Meta(DicomContent content) => new DicomContent()
        .Bytes(new DicomTag(0x0002, 0x0001), "OB", new byte[] { 0, 1 })
        .Text(new DicomTag(0x0002, 0x0002), "UI", TextOf(content, SopClass))
        .Text(new DicomTag(0x0002, 0x0003), "UI", TextOf(content, SopInstance))
        .Text(DicomTags.TransferSyntax, "UI", TransferSyntax.ExplicitLittle)
        .Text(new DicomTag(0x0002, 0x0012), "UI", Implementation)
        .Text(new DicomTag(0x0002, 0x0013), "SH", "IVIM");

    private static string TextOf(DicomContent content, DicomTag tag) =>
        content.Elements.FirstOrDefault(element => element.Tag == tag) is { } found
            ? Encoding.ASCII.GetString(found.Value.Span).TrimEnd('\0')
            : throw new ArgumentException($"an object without {tag}", nameof(content));

    private static void RequireEncodable(DicomContent content)
    {
        bool isUnicode = content.Elements.Any(element => element.Tag == DicomTags.CharacterSet
            && element.Value.Span.SequenceEqual("ISO_IR 192"u8));
        if (!isUnicode && !IsAscii(content)) throw new ArgumentException("text that needs ISO_IR 192", nameof(content));
    }

    private static bool IsAscii(DicomContent content) =>
        content.Elements.All(element => element.IsAscii && (element.Items ?? []).All(IsAscii));

    private static void Elements(Stream file, DicomContent content)
    {
        foreach (var element in content.Elements)
        {
            if (element.Items is not { } items)
            {
                Header(file, element, element.Value.Length);
                file.Write(element.Value.Span);
                continue;
            }
            var sequence = new MemoryStream();
            foreach (var item in items) Item(sequence, item);
            Header(file, element, sequence.Length);
            sequence.WriteTo(file);
        }
    }

    private static void Item(MemoryStream sequence, DicomContent content)
    {
        var item = new MemoryStream();
        Elements(item, content);
        UInt16(sequence, DicomTags.Item.Group);
        UInt16(sequence, DicomTags.Item.Element);
        UInt32(sequence, checked((uint)item.Length));
        item.WriteTo(sequence);
    }

    private static void Header(Stream file, WrittenElement element, long length)
    {
        var form = ValueForm.Of(element.Form);
        if (!form.IsKnown) throw new ArgumentException($"no such representation as {element.Form}", nameof(element));
        UInt16(file, element.Tag.Group);
        UInt16(file, element.Tag.Element);
        file.Write([form.First, form.Second]);
        if (form.HasShortLength)
        {
            UInt16(file, checked((ushort)length));
            return;
        }
        UInt16(file, 0);
        UInt32(file, checked((uint)length));
    }

    private static void UInt16(Stream file, ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        file.Write(bytes);
    }

    private static void UInt32(Stream file, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        file.Write(bytes);
    }
}
