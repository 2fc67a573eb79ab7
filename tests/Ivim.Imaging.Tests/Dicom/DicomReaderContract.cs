using Ivim.Imaging.Dicom;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>What every reader behind the port has to do.</summary>
public abstract class DicomReaderContract : IDisposable
{
    private static readonly DicomTag Shared = new(0x5200, 0x9229), Diffusion = new(0x0018, 0x9117),
        BValue = new(0x0018, 0x9087), PixelSpacing = new(0x0028, 0x0030), ImageType = new(0x0008, 0x0008),
        Thickness = new(0x0018, 0x0050), Rows = new(0x0028, 0x0010), Absent = new(0x0018, 0x0080);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> RealFiles =>
        [.. Golden.All.Select(golden => golden.File).Where(file => !Refused.ContainsKey(Path.GetFileName(file)))];

    public static TheoryData<string> RealPixels =>
        [.. Golden.All.Where(golden => golden.Frames is not null).Select(golden => golden.File)];

    public static TheoryData<string> MadeFiles => [.. MadeObjects.Whole];

    public static TheoryData<string> LossyFiles => [.. MadeObjects.Lossy];

    protected abstract IDicomReader Reader { get; }

    /// <summary>Real files that are damaged, and what they are refused with.</summary>
    private static Dictionary<string, string> Refused { get; } = new()
    {
        ["MR_truncated.dcm"] = "DICOM-TRUNCATED",
        ["rtplan_truncated.dcm"] = "DICOM-TRUNCATED",
        ["no_meta.dcm"] = "DICOM-NOT-DICOM",
        ["meta_missing_tsyntax.dcm"] = "DICOM-SYNTAX",
        ["zipMR.gz"] = "DICOM-NOT-DICOM",
        ["README.txt"] = "DICOM-NOT-DICOM",
    };

    [SkippableTheory]
    [MemberData(nameof(RealFiles))]
    public void Elements_are_those_of_pydicom(string file)
    {
        var golden = Golden.Of(file);
        var found = Reader.Read(golden.Open(_folder));
        Assert.Equal((golden.Elements, golden.Sum), DicomContents.Elements(found.Dataset));
    }

    [SkippableTheory]
    [MemberData(nameof(RealPixels))]
    public void Pixels_are_those_of_pydicom(string file)
    {
        var golden = Golden.Of(file);
        var found = Reader.Read(golden.Open(_folder));
        Assert.Equal(golden.Frames, found.Frames);
        Assert.Equal(golden.Pixels, DicomContents.Frames(found));
    }

    [SkippableFact]
    public void Every_odd_file_is_read_or_refused_with_its_code()
    {
        foreach (string path in Directory.EnumerateFiles(SharedData.Path("badinput/pydicom_debian")))
        {
            string? expected = Refused.GetValueOrDefault(Path.GetFileName(path));
            if (expected is not null)
                Assert.Equal(expected, Assert.Throws<RefusalException>(() => Reader.Read(path)).Code);
            else
                DicomContents.FramesOrRefusal(Reader.Read(path));
        }
    }

    [SkippableTheory]
    [InlineData("JPEG-lossy.dcm", "DICOM-LOSSY")]
    [InlineData("JPGExtended.dcm", "DICOM-LOSSY")]
    [InlineData("JPEG2000.dcm", "DICOM-LOSSY")]
    [InlineData("JPEG2000-embedded-sequence-delimiter.dcm", "DICOM-LOSSY")]
    [InlineData("693_J2KI.dcm", "DICOM-LOSSY")]
    [InlineData("SC_rgb_rle_16bit_2frame.dcm", "DICOM-COLOUR")]
    [InlineData("GDCMJ2K_TextGBR.dcm", "DICOM-COLOUR")]
    [InlineData("ExplVR_BigEnd.dcm", "DICOM-COLOUR")]
    [InlineData("badVR.dcm", "DICOM-PIXEL-FORMAT")]
    [InlineData("liver_1frame.dcm", "DICOM-PIXEL-FORMAT")]
    public void Pixels_that_cannot_be_trusted_are_refused(string file, string code)
    {
        var found = Reader.Read(SharedData.Path("badinput/pydicom_debian/" + file));
        Assert.Equal(code, Assert.Throws<RefusalException>(() => found.Frame(0)).Code);
    }

    [SkippableTheory]
    [MemberData(nameof(MadeFiles))]
    public void A_packed_frame_has_the_pixels_that_were_packed(string name)
    {
        var found = Reader.Read(MadeObjects.Path(name));
        Assert.Equal(MadeObjects.Frames(name), found.Frames);
        // From the last to the first: frames are found, not counted.
        for (int frame = found.Frames - 1; frame >= 0; frame--)
        {
            var (rows, columns, integers, floats) = SystemLibraries.Needed(() => found.Frame(frame));
            Assert.Equal((MadeObjects.Rows, MadeObjects.Columns), (rows, columns));
            Assert.Null(floats);
            Assert.Equal(MadeObjects.Pixels(name, frame), integers);
        }
    }

    [Theory]
    [InlineData("single-x2", true)]
    [InlineData("double-x2", false)]
    public void Floating_point_pixels_keep_every_bit(string name, bool isSingle)
    {
        var found = Reader.Read(MadeObjects.Path(name));
        for (int frame = 0; frame < 2; frame++)
        {
            double[] expected = [.. MadeObjects.Formula(frame, 12, isSigned: false)
                .Select(value => isSingle ? (float)(value / 7.0) : value / 7.0)];
            Assert.Equal(expected, found.Frame(frame).Floats);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(LossyFiles))]
    public void A_frame_that_lost_bits_is_refused(string name)
    {
        var found = Reader.Read(MadeObjects.Path(name));
        Assert.Equal("DICOM-LOSSY",
            Assert.Throws<RefusalException>(() => SystemLibraries.Needed(() => found.Frame(0))).Code);
    }

    [Theory]
    [MemberData(nameof(MadeFiles))]
    public void Values_are_read_as_what_is_asked_for(string name)
    {
        var dataset = Reader.Read(MadeObjects.Path(name)).Dataset;
        Assert.Equal(["ORIGINAL", "PRIMARY"], dataset.Texts(ImageType));
        Assert.Equal([1.5, 2.25], dataset.Numbers(PixelSpacing));
        Assert.Equal([4], dataset.Numbers(Thickness));
        Assert.Equal([20], dataset.Numbers(Rows, DicomNumbers.UnsignedShort));
        Assert.Empty(dataset.Numbers(ImageType));
        Assert.Empty(dataset.Texts(Absent));
        Assert.Empty(dataset.Numbers(Absent));
        Assert.Empty(dataset.Items(Absent));
        Assert.False(dataset.Contains(Absent));
        var diffusion = Assert.Single(Assert.Single(dataset.Items(Shared)).Items(Diffusion));
        Assert.Equal([812.5], diffusion.Numbers(BValue, DicomNumbers.DoublePrecision));
    }

    [Theory]
    [MemberData(nameof(MadeFiles))]
    public void A_private_element_is_found_by_its_creator_alone(string name)
    {
        var dataset = Reader.Read(MadeObjects.Path(name)).Dataset;
        var tag = dataset.Private(0x0019, "IVIM TEST", 0x0C);
        Assert.Equal(new DicomTag(0x0019, 0x100C), tag);
        Assert.Equal([800], dataset.Numbers(tag!.Value));
        Assert.Null(dataset.Private(0x0019, "IVIM", 0x0C));
        Assert.Null(dataset.Private(0x0021, "IVIM TEST", 0x0C));
    }

    [Fact]
    public void What_is_no_file_is_refused()
    {
        Assert.Equal("FILE-MISSING", Code(_folder.Path("absent")));
        Assert.Equal("FILE-IS-FOLDER", Code(_folder.Root));
        Assert.Equal("DICOM-NOT-DICOM", Code(_folder.Write("empty", [])));
        Assert.Equal("DICOM-NOT-DICOM", Code(_folder.Write("text", "no image at all"u8.ToArray())));
        Assert.Equal("DICOM-NOT-DICOM", Code(_folder.Write("zeros", new byte[1000])));
    }

    [Theory]
    [MemberData(nameof(MadeFiles))]
    public void A_file_that_was_cut_off_never_gives_all_its_frames(string name)
    {
        byte[] whole = File.ReadAllBytes(MadeObjects.Path(name));
        // The last bytes of a deflated file say only that nothing follows, and one byte pads it.
        int behindPixels = name.StartsWith("deflated", StringComparison.Ordinal) ? 4 : 1;
        for (int length = whole.Length - 1 - behindPixels; length > 0; length -= length > 1000 ? 7 : 31)
        {
            string path = _folder.Write("cut", whole[..length]);
            try
            {
                var found = Reader.Read(path);
                if (found.Frames == MadeObjects.Frames(name)) Assert.False(DicomContents.FramesOrRefusal(found));
            }
            catch (RefusalException refusal)
            {
                Assert.StartsWith("DICOM-", refusal.Code);
            }
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private string Code(string path) => Assert.Throws<RefusalException>(() => Reader.Read(path)).Code;
}
