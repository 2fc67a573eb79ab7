using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ivim.Imaging.Dicom.Writing;

/// <summary>Identifiers for objects of ours: the same for the same contents, so that writing twice makes one object.
/// </summary>
/// <remarks>A UUID of version 8 (RFC 9562) from a SHA-256 sum, below 2.25 as PS3.5 B.2 wants it.</remarks>
public static class DicomUid
{
    /// <param name="parts">What makes the object what it is: hashes, names, numbers, in this order.</param>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            sum.AppendData(length);
            sum.AppendData(bytes);
        }
        Span<byte> digest = sum.GetHashAndReset().AsSpan(0, 16);
        digest[6] = (byte)(digest[6] & 0x0F | 0x80);
        digest[8] = (byte)(digest[8] & 0x3F | 0x80);
        return "2.25." + BinaryPrimitives.ReadUInt128BigEndian(digest).ToString(CultureInfo.InvariantCulture);
    }
}
