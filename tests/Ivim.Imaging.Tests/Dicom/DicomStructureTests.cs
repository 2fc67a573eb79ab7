using System.IO.Compression;
using Ivim.Imaging.Dicom;
using Ivim.Imaging.Dicom.Files;
using Ivim.Imaging.Dicom.Writing;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>Odd and hostile ways to write elements.</summary>
public sealed class DicomStructureTests : IDisposable
{
    private static readonly DicomTag Sequence = new(0x0040, 0x0275), Description = new(0x0040, 0x0007),
        Private = new(0x0029, 0x1010), Comment = new(0x0020, 0x4000);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_element_that_stands_twice_with_one_value_is_one()
    {
        byte[] comment = Element(Comment, "LT", "again "u8);
        var dataset = Read([.. File(), .. comment, .. comment]).Dataset;
        Assert.Equal(["again"], dataset.Texts(Comment));
        Assert.Single(dataset.Tags, Comment);
    }

    [Fact]
    public void An_element_that_stands_twice_with_two_values_is_refused() =>
        AssertRefused("DICOM-REPEATED",
            [.. File(), .. Element(Comment, "LT", "this"u8), .. Element(Comment, "LT", "that"u8)]);

    [Fact]
    public void Elements_out_of_order_are_found()
    {
        byte[] turnedRound = [.. Element(Description, "LO", "ab"u8), .. Element(Comment, "LT", "cd"u8)];
        var dataset = Read([.. File(), .. turnedRound]).Dataset;
        Assert.Equal(["ab"], dataset.Texts(Description));
        Assert.Equal(["cd"], dataset.Texts(Comment));
        Assert.Equal(dataset.Tags.Order(), dataset.Tags);
    }

    [Fact]
    public void A_backslash_parts_no_long_text() =>
        Assert.Equal(["a\\b"], Read([.. File(), .. Element(Comment, "LT", "a\\b "u8)]).Dataset.Texts(Comment));

    [Theory]
    [InlineData("ISO_IR 192", "µm")]
    [InlineData("ISO_IR 100", "Âµm")]
    public void Text_is_read_in_its_character_set(string name, string expected)
    {
        byte[] set = Element(new DicomTag(0x0008, 0x0005), "CS", System.Text.Encoding.ASCII.GetBytes(name));
        Assert.Equal([expected], Read([.. File(), .. set, .. Element(Comment, "LT", "µm "u8)]).Dataset.Texts(Comment));
    }

    [Fact]
    public void Items_have_the_character_set_of_what_holds_them()
    {
        var content = new DicomContent()
            .Text(new DicomTag(0x0008, 0x0005), "CS", "ISO_IR 192")
            .Text(new DicomTag(0x0008, 0x0016), "UI", "1.2").Text(new DicomTag(0x0008, 0x0018), "UI", "2.25.1")
            .Sequence(Sequence, new DicomContent().Text(Description, "LO", "µm"));
        var item = Assert.Single(Read(DicomWriter.Bytes(content)).Dataset.Items(Sequence));
        Assert.Equal(["µm"], item.Texts(Description));
    }

    [Fact]
    public void A_file_without_a_preamble_is_read() =>
        Assert.Equal(["2.25.1"], Read(File()[128..][4..]).Dataset.Texts(new DicomTag(0x0008, 0x0018)));

    [Fact]
    public void Zeros_behind_the_pixels_are_padding()
    {
        byte[] image = new MadeImage().Bytes();
        for (int zeros = 0; zeros < 20; zeros++)
            Assert.Equal([1, 2, 3, 4], Read([.. image, .. new byte[zeros]]).Frame(0).Integers!);
    }

    [Fact]
    public void Anything_else_behind_the_pixels_is_not() =>
        AssertRefused("DICOM-TRUNCATED", [.. new MadeImage().Bytes(), 1, 2, 3]);

    [Theory]
    [InlineData(20, true)]
    [InlineData(100, false)]
    public void Sequences_end_at_a_depth(int depth, bool isRead)
    {
        var content = new DicomContent().Text(Description, "LO", "bottom");
        for (int i = 0; i < depth; i++) content = new DicomContent().Sequence(Sequence, content);
        content.Text(new DicomTag(0x0008, 0x0016), "UI", "1.2").Text(new DicomTag(0x0008, 0x0018), "UI", "2.25.1");
        if (!isRead)
        {
            AssertRefused("DICOM-TOO-LARGE", DicomWriter.Bytes(content));
            return;
        }
        var found = Read(DicomWriter.Bytes(content)).Dataset;
        for (int i = 0; i < depth; i++) found = Assert.Single(found.Items(Sequence));
        Assert.Equal(["bottom"], found.Texts(Description));
    }

    [Theory]
    [InlineData("SQ")]
    [InlineData("UN")]
    public void Sequences_without_lengths_end_at_a_depth_too(string form)
    {
        byte[] open = [.. Element(Sequence, form, default)[..8], 0xFF, 0xFF, 0xFF, 0xFF,
            .. MadeImage.Words(0xE000FFFE, 0xFFFFFFFF)];
        AssertRefused("DICOM-TOO-LARGE", [.. File(), .. Enumerable.Repeat(open, 50_000).SelectMany(bytes => bytes)],
            "DICOM-TRUNCATED");
    }

    [Fact]
    public void A_private_value_that_only_begins_as_a_sequence_keeps_its_bytes()
    {
        byte[] value = [.. MadeImage.Words(0xE000FFFE, 4), 1, 2, 3, 4];
        var dataset = Read([.. File(), .. Element(Private, "UN", value)]).Dataset;
        Assert.Equal(value, dataset.Bytes(Private).ToArray());
        Assert.Empty(dataset.Items(Private));
    }

    [Fact]
    public void More_elements_or_longer_values_than_allowed_are_refused()
    {
        byte[] file = [.. File(), .. Element(Private, "OB", new byte[2000])];
        var few = DicomLimits.Default with { Elements = 5 };
        Assert.Equal("DICOM-TOO-LARGE", Refusal(file, few).Code);
        Assert.Equal("DICOM-TOO-LARGE", Refusal(file, DicomLimits.Default with { ValueBytes = 1999 }).Code);
    }

    [Fact]
    public void A_length_beyond_the_file_asks_for_no_memory()
    {
        byte[] file = [.. File(), .. Element(Private, "OB", default)[..8], 0xF0, 0xFF, 0xFF, 0x0F, 1, 2];
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused("DICOM-TRUNCATED", file);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void A_small_file_that_inflates_to_gigabytes_is_refused()
    {
        const int allowed = 4 << 20;
        byte[] bomb = Deflated(new byte[64 << 20]);
        Assert.True(bomb.Length < 100_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("DICOM-TOO-LARGE",
            Refusal(bomb, DicomLimits.Default with { InflatedBytes = allowed }).Code);
        // The buffer doubles: its last two sizes and the smaller ones.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4L * allowed);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] File() => new MadeImage { Data = null }.Bytes();

    private static byte[] Element(DicomTag tag, string form, ReadOnlySpan<byte> value)
    {
        bool isLong = form is "OB" or "UN" or "SQ";
        byte[] start = [(byte)tag.Group, (byte)(tag.Group >> 8), (byte)tag.Element, (byte)(tag.Element >> 8),
            (byte)form[0], (byte)form[1]];
        return isLong
            ? [.. start, 0, 0, .. MadeImage.Words((uint)value.Length), .. value]
            : [.. start, (byte)value.Length, (byte)(value.Length >> 8), .. value];
    }

    private static byte[] Deflated(byte[] elements)
    {
        byte[] file = File();
        int name = file.AsSpan().IndexOf("1.2.840.10008.1.2.1\0"u8);
        int start = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x08, 0x00, 0x16, 0x00]);
        byte[] meta = [.. file[..name], .. "1.2.840.10008.1.2.1.99"u8, .. file[(name + 20)..start]];
        meta[name - 2] = 22;
        using var packed = new MemoryStream();
        using (var deflating = new DeflateStream(packed, CompressionLevel.Optimal)) deflating.Write(elements);
        return [.. meta, .. packed.ToArray()];
    }

    private void AssertRefused(string code, byte[] file, string? or = null) =>
        Assert.Contains(Refusal(file, DicomLimits.Default).Code, new[] { code, or ?? code });

    private RefusalException Refusal(byte[] file, DicomLimits limits) => Assert.Throws<RefusalException>(() =>
        new ManagedDicomReader(limits).Read(_folder.Write("a", file)));

    private IDicomObject Read(byte[] file) => new ManagedDicomReader().Read(_folder.Write("a", file));
}
