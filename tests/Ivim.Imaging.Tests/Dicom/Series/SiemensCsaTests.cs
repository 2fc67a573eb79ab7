using CsCheck;
using Ivim.Imaging.Dicom.Vendors;

namespace Ivim.Imaging.Tests.Dicom.Series;

public sealed class SiemensCsaTests
{
    private static readonly byte[] Written = CsaBytes.Of(
        ("B_value", ["1000"]), ("Empty", []), ("DiffusionGradientDirection", ["0.5", "-0.25", "0.125"]));

    [Fact]
    public void Elements_come_back()
    {
        var csa = SiemensCsa.Parse(Written);
        Assert.Equal(1000, csa.Number("B_value"));
        Assert.Null(csa.Number("Empty"));
        Assert.Null(csa.Number("Absent"));
        Assert.Equal([0.5, -0.25, 0.125], csa.Numbers("DiffusionGradientDirection"));
    }

    /// <summary>83 elements are what nibabel finds (nicom/tests/test_csareader.py); the values are those of the
    /// file's (0019,10xx) elements.</summary>
    [SkippableFact]
    public void Real_headers_are_read_as_nibabel_reads_them()
    {
        var csa = SiemensCsa.Parse(File.ReadAllBytes(SharedData.Path("dicom_siemens_singles/csa2_b1000.bin")));
        Assert.Equal(83, csa.Count);
        Assert.Equal(1000, csa.Number("B_value"));
        Assert.Equal(48, csa.Number("NumberOfImagesInMosaic"));
        Assert.Equal("DIRECTIONAL", csa.Text("DiffusionDirectionality"));
        Assert.Equal([0.99997449, 0.00505012, -0.00505012], csa.Numbers("DiffusionGradientDirection"));
        var zero = SiemensCsa.Parse(File.ReadAllBytes(SharedData.Path("dicom_siemens_singles/csa2_b0.bin")));
        Assert.Equal(0, zero.Number("B_value"));
    }

    [Fact]
    public void Every_beginning_of_a_header_gives_an_answer()
    {
        for (int length = 0; length <= Written.Length; length++)
            Assert.InRange(SiemensCsa.Parse(Written.AsSpan(0, length)).Count, 0, 3);
    }

    [Fact]
    public void Any_bytes_give_an_answer() => Gen
        .Select(Gen.Byte.Array[0, 400], Gen.Int[0, Written.Length - 1], Gen.Int)
        .Sample((noise, at, number) =>
        {
            byte[] damaged = [.. Written];
            BitConverter.TryWriteBytes(damaged.AsSpan(Math.Min(at, damaged.Length - 4)), number);
            SiemensCsa.Parse(damaged).Number("B_value");
            SiemensCsa.Parse((byte[])[.. "SV10\u0004\u0003\u0002\u0001"u8, .. noise]).Number("B_value");
        }, iter: 2000);
}
