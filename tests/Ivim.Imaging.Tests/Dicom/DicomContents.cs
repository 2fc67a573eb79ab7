using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Ivim.Imaging.Dicom;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>Sums over the contents of an object, as tests/fixtures/dicom/make_goldens.py makes them.</summary>
internal static class DicomContents
{
    private static readonly DicomTag CharacterSet = new(0x0008, 0x0005);

    /// <summary>The elements of the data set, those in items too, and the sum over tags and raw values.</summary>
    public static (int Count, string Sum) Elements(IDicomDataset dataset)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int count = Walk(dataset, sum);
        return (count, Hex(sum));
    }

    /// <summary>The sum over the stored values of all frames, as 32-bit integers.</summary>
    public static string Frames(IDicomObject found)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < found.Frames; i++)
            sum.AppendData(MemoryMarshal.AsBytes<int>(found.Frame(i).Integers!));
        return Hex(sum);
    }

    /// <summary>Unpacks every frame; false where one is refused.</summary>
    public static bool FramesOrRefusal(IDicomObject found)
    {
        try
        {
            for (int i = 0; i < found.Frames; i++) found.Frame(i);
            return true;
        }
        catch (RefusalException refusal)
        {
            Assert.StartsWith("DICOM-", refusal.Code);
            return false;
        }
    }

    private static int Walk(IDicomDataset dataset, IncrementalHash sum)
    {
        int count = 0;
        foreach (var tag in dataset.Tags)
        {
            count++;
            string number = string.Create(CultureInfo.InvariantCulture, $"{tag.Group:x4}{tag.Element:x4}");
            sum.AppendData(Encoding.ASCII.GetBytes(number));
            if (tag == CharacterSet) continue;
            sum.AppendData(dataset.Bytes(tag).Span);
            // Sequences whose bytes the reader keeps are compared by them: only pydicom's dictionary knows their items.
            if (dataset.Bytes(tag).Length > 0) continue;
            foreach (var item in dataset.Items(tag))
            {
                sum.AppendData("item"u8);
                count += Walk(item, sum);
            }
        }
        return count;
    }

    private static string Hex(IncrementalHash sum) => Convert.ToHexStringLower(sum.GetHashAndReset());
}
