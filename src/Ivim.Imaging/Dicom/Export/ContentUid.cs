using System.Security.Cryptography;
using Ivim.Imaging.Dicom.Writing;

namespace Ivim.Imaging.Dicom.Export;

/// <summary>Names an object by everything else that it holds.</summary>
internal static class ContentUid
{
    private static readonly DicomTag SopInstance = new(0x0008, 0x0018);

    public static DicomContent Set(DicomContent content)
    {
        byte[] nameless = DicomWriter.Bytes(content.Text(SopInstance, "UI"));
        return content.Text(SopInstance, "UI",
            DicomUid.Of("ivim object", Convert.ToHexStringLower(SHA256.HashData(nameless))));
    }
}
