using System.Diagnostics;
using Ivim.Imaging.Dicom;
using Ivim.Imaging.Dicom.Files;
using Ivim.Imaging.Dicom.Writing;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>What we write, read by us, by DCMTK and by pydicom.</summary>
public sealed class DicomWriterTests : IDisposable
{
    private static readonly DicomTag SopClass = new(0x0008, 0x0016), SopInstance = new(0x0008, 0x0018),
        CharacterSet = new(0x0008, 0x0005), Label = new(0x0070, 0x0081), Spacing = new(0x0028, 0x0030),
        Instance = new(0x0020, 0x0013), Rows = new(0x0028, 0x0010), Columns = new(0x0028, 0x0011),
        Bits = new(0x0028, 0x0100), Shared = new(0x5200, 0x9229), Diffusion = new(0x0018, 0x9117),
        BValue = new(0x0018, 0x9087), Pointer = new(0x0028, 0x0009), Offset = new(0x0018, 0x9073),
        FloatPixels = new(0x7FE0, 0x0008), Maker = new(0x0008, 0x0070), Count = new(0x0018, 0x9069);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_was_written_is_read()
    {
        var found = new ManagedDicomReader().Read(_folder.Write("a", DicomWriter.Bytes(Made())));
        var dataset = found.Dataset;
        Assert.Equal("1.2.840.10008.1.2.1", found.TransferSyntax);
        Assert.Equal([DicomUid.Of("a", "1")], dataset.Texts(SopInstance));
        Assert.Equal(["D*", "µm²/ms"], dataset.Texts(Label));
        Assert.Equal([1.0 / 3, -1.2345678901e-100, 2], dataset.Numbers(Spacing), new RelativeError(1e-8));
        Assert.Equal([-7, 12], dataset.Numbers(Instance));
        Assert.Equal([123456.75], dataset.Numbers(Offset));
        Assert.Equal([4_000_000_000], dataset.Numbers(Count));
        Assert.Equal([0x0018, 0x9087], dataset.Numbers(Pointer));
        Assert.Empty(dataset.Texts(Maker));
        Assert.True(dataset.Contains(Maker));
        var items = dataset.Items(Shared);
        Assert.Equal(2, items.Count);
        Assert.Equal([800.5, 0], Assert.Single(items[0].Items(Diffusion)).Numbers(BValue));
        Assert.Empty(items[1].Tags);
        Assert.Equal([0.1f, -3, float.MaxValue, float.Epsilon, 0, 1], found.Frame(0).Floats!.Select(x => (float)x));
    }

    [Fact]
    public void The_same_contents_are_the_same_bytes() =>
        Assert.Equal(DicomWriter.Bytes(Made()), DicomWriter.Bytes(Made()));

    [Fact]
    public void Identifiers_follow_from_their_parts()
    {
        Assert.Equal(DicomUid.Of("a", "1"), DicomUid.Of("a", "1"));
        Assert.NotEqual(DicomUid.Of("a", "1"), DicomUid.Of("a1"));
        Assert.Matches("^2\\.25\\.[1-9][0-9]{0,38}$", DicomUid.Of("a"));
    }

    [Fact]
    public void Text_that_the_character_set_lacks_is_a_defect_of_the_caller() =>
        Assert.Throws<ArgumentException>(() =>
            DicomWriter.Bytes(Made().Text(CharacterSet, "CS", "ISO_IR 100")));

    [SkippableFact]
    public void Dcmtk_reads_it()
    {
        Skip.IfNot(File.Exists("/usr/bin/dcmdump"), "no dcmdump (dcmtk)");
        var (code, output) = Run("/usr/bin/dcmdump", "--quiet", "--print-all", Write());
        Assert.Equal(0, code);
        Assert.Contains("(0028,0030) DS [0.33333333333333\\-1.23456789E-100\\2]", output);
        Assert.Contains("(0018,9087) FD 800.5\\0", output);
        Assert.Contains("(0028,0009) AT (0018,9087)", output);
    }

    [SkippableFact]
    public void Pydicom_reads_it()
    {
        Skip.IfNot(File.Exists("/usr/bin/python3") && Run("/usr/bin/python3", "-c", "import pydicom").Code == 0,
            "no pydicom beside /usr/bin/python3");
        var (code, output) = Run("/usr/bin/python3", "-W", "error", "-c",
            "import sys, pydicom; d = pydicom.dcmread(sys.argv[1]); "
            + "print(d.pixel_array.shape, d[0x00700081].value[1], d.PixelSpacing[2], "
            + "d[0x52009229][0][0x00189117][0][0x00189087].value)", Write());
        Assert.Equal((0, "(2, 3) µm²/ms 2 [800.5, 0.0]\n"), (code, output));
    }

    public void Dispose() => _folder.Dispose();

    private string Write() => _folder.Write("a.dcm", DicomWriter.Bytes(Made()));

    private static DicomContent Made()
    {
        var pixels = new byte[6 * sizeof(float)];
        Buffer.BlockCopy(new[] { 0.1f, -3, float.MaxValue, float.Epsilon, 0, 1 }, 0, pixels, 0, pixels.Length);
        return new DicomContent()
            .Bytes(FloatPixels, "OF", pixels)
            .Text(CharacterSet, "CS", "ISO_IR 192")
            .Text(SopClass, "UI", "1.2.840.10008.5.1.4.1.1.30")
            .Text(SopInstance, "UI", DicomUid.Of("a", "1"))
            .Text(Maker, "LO")
            .Text(Label, "LO", "D*", "µm²/ms")
            .Decimals(Spacing, 1.0 / 3, -1.2345678901e-100, 2)
            .Integers(Instance, -7, 12)
            .UnsignedShorts(Rows, 2)
            .UnsignedShorts(Columns, 3)
            .UnsignedShorts(Bits, 32)
            .UnsignedShorts(new DicomTag(0x0028, 0x0002), 1)
            .Text(new DicomTag(0x0028, 0x0004), "CS", "MONOCHROME2")
            .Singles(Offset, 123456.75f)
            .UnsignedLongs(Count, 4_000_000_000)
            .Tags(Pointer, BValue)
            .Sequence(Shared,
                new DicomContent().Sequence(Diffusion, new DicomContent().Doubles(BValue, 800.5, 0)),
                new DicomContent());
    }

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["PYTHONIOENCODING"] = "utf-8" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        errors.GetAwaiter().GetResult();
        return (process.ExitCode, output);
    }

    private sealed class RelativeError(double greatest) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= greatest * Math.Abs(x);

        public int GetHashCode(double value) => 0;
    }
}
