using System.Buffers.Binary;
using System.Text;

namespace Ivim.Imaging.Tests.Dicom.Series;

/// <summary>A Siemens CSA header, as nibabel's documentation describes its second form.</summary>
internal static class CsaBytes
{
    public static byte[] Of(params (string Name, string[] Items)[] elements)
    {
        using var bytes = new MemoryStream();
        bytes.Write("SV10\u0004\u0003\u0002\u0001"u8);
        Numbers(bytes, elements.Length, 77);
        foreach (var (name, items) in elements)
        {
            Padded(bytes, name, 64);
            Numbers(bytes, 1);
            Padded(bytes, "IS", 4);
            Numbers(bytes, 6, items.Length, 77);
            foreach (string item in items)
            {
                int length = item.Length + 1;
                Numbers(bytes, length, length, 77, length);
                Padded(bytes, item, (length + 3) / 4 * 4);
            }
        }
        return bytes.ToArray();
    }

    private static void Padded(MemoryStream bytes, string text, int length)
    {
        bytes.Write(Encoding.ASCII.GetBytes(text));
        bytes.Write(new byte[length - text.Length]);
    }

    private static void Numbers(MemoryStream bytes, params int[] numbers)
    {
        var four = new byte[4];
        foreach (int number in numbers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(four, number);
            bytes.Write(four);
        }
    }
}
