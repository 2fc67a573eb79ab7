using Ivim.Imaging.Dicom;
using Ivim.Imaging.Dicom.Files;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>How pixels are unpacked, and what is refused because its numbers would not be those that were meant.
/// </summary>
public sealed class DicomPixelTests : IDisposable
{
    private const string JpegLossless = "1.2.840.10008.1.2.4.57";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Bits_above_the_stored_ones_are_no_part_of_a_pixel() =>
        Assert.Equal([0x001, 0xFFF, 0x800, 0x7FF], Pixels(new MadeImage
        {
            Stored = 12, Data = [0x01, 0xF0, 0xFF, 0xFF, 0x00, 0x18, 0xFF, 0x77],
        }));

    [Fact]
    public void The_last_stored_bit_is_the_sign() =>
        Assert.Equal([1, -1, -2048, 2047], Pixels(new MadeImage
        {
            Stored = 12, IsSigned = true, Data = [0x01, 0xF0, 0xFF, 0xFF, 0x00, 0x18, 0xFF, 0x77],
        }));

    [Fact]
    public void Bits_below_the_stored_ones_are_no_part_of_a_pixel() =>
        Assert.Equal([0x001, 0xFFF, 0x800, 0x7FF], Pixels(new MadeImage
        {
            Stored = 12, HighBit = 15, Data = [0x1F, 0x00, 0xF0, 0xFF, 0x0F, 0x80, 0xF8, 0x7F],
        }));

    [Fact]
    public void A_whole_word_keeps_its_sign() =>
        Assert.Equal([int.MinValue, -1, 0, int.MaxValue], Pixels(new MadeImage
        {
            Allocated = 32, Stored = 32, IsSigned = true,
            Data = MadeImage.Words(0x80000000, 0xFFFFFFFF, 0, 0x7FFFFFFF),
        }));

    [Fact]
    public void A_value_that_no_signed_word_holds_is_refused() =>
        AssertRefused("DICOM-PIXEL-RANGE", new MadeImage
        {
            Allocated = 32, Stored = 32, Data = MadeImage.Words(0x80000000, 0, 0, 0),
        });

    [Fact]
    public void Padding_behind_the_last_pixel_is_no_frame() =>
        Assert.Equal([1, 2, 3, 4], Pixels(new MadeImage { Data = [1, 0, 2, 0, 3, 0, 4, 0, 9, 9] }));

    [Fact]
    public void Pixel_data_of_another_length_are_refused()
    {
        AssertRefused("DICOM-PIXEL-SIZE", new MadeImage { Data = [1, 0, 2, 0, 3, 0] });
        AssertRefused("DICOM-PIXEL-SIZE", new MadeImage { Data = new byte[16] });
        AssertRefused("DICOM-PIXEL-SIZE", new MadeImage { Change = image => image.Integers(MadeImage.FrameCount, 2) });
    }

    [Fact]
    public void An_image_whose_pixels_are_missing_has_frames_that_are_refused() =>
        AssertRefused("DICOM-NO-PIXELS", new MadeImage { Data = null });

    [Fact]
    public void Pixels_that_are_no_grey_values_are_refused()
    {
        AssertRefused("DICOM-COLOUR", new MadeImage { Samples = 3 });
        AssertRefused("DICOM-COLOUR", new MadeImage { Photometric = "PALETTE COLOR" });
        AssertRefused("DICOM-PIXEL-FORMAT", new MadeImage { Allocated = 12 });
        AssertRefused("DICOM-PIXEL-FORMAT", new MadeImage { Stored = 17 });
        AssertRefused("DICOM-PIXEL-FORMAT", new MadeImage { Stored = 0, HighBit = 0 });
        AssertRefused("DICOM-PIXEL-FORMAT", new MadeImage { Rows = 0 });
        AssertRefused("DICOM-PIXEL-FORMAT",
            new MadeImage { Change = image => image.Text(MadeImage.FrameCount, "IS", "two") });
    }

    [Fact]
    public void A_frame_of_gigabytes_is_refused_before_memory_is_asked_for()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused("DICOM-TOO-LARGE", new MadeImage { Rows = 65535, Columns = 65535 });
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void A_file_that_changed_after_its_elements_were_read_is_refused()
    {
        byte[] bytes = new MadeImage().Bytes();
        string path = _folder.Write("a", bytes);
        var found = new ManagedDicomReader().Read(path);
        File.WriteAllBytes(path, [.. bytes, 0, 0]);
        Assert.Equal("DICOM-CHANGED", Assert.Throws<RefusalException>(() => found.Frame(0)).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_lossless_jpeg_frame_may_start_anew_every_few_rows(int rowsBetweenRestarts)
    {
        int[] pixels = MadeObjects.Formula(0, 16, isSigned: false);
        byte[] frame = HandMadeJpeg.Lossless(pixels, MadeObjects.Rows, MadeObjects.Columns, rowsBetweenRestarts);
        Assert.Equal(pixels, Pixels(PackedImage(frame)));
        foreach (int length in new[] { frame.Length - 6, frame.Length / 2, 40, 3 })
            Assert.Equal("DICOM-CORRUPT-PIXELS", Refusal(PackedImage(frame[..length])).Code);
    }

    [Fact]
    public void Low_bits_that_a_jpeg_frame_left_out_are_a_loss()
    {
        int[] pixels = MadeObjects.Formula(0, 16, isSigned: false);
        byte[] frame = HandMadeJpeg.Lossless(pixels, MadeObjects.Rows, MadeObjects.Columns, 0, shift: 2);
        Assert.Equal("DICOM-LOSSY", Refusal(PackedImage(frame)).Code);
    }

    [Fact]
    public void Compressed_values_that_may_be_negative_or_not_are_refused()
    {
        int[] pixels = MadeObjects.Formula(0, 12, isSigned: false);
        byte[] frame = HandMadeJpeg.Lossless(pixels, MadeObjects.Rows, MadeObjects.Columns, 0, precision: 12);
        Assert.Equal(pixels, Pixels(PackedImage(frame)));
        // Twelve bits in an object of sixteen with a sign: is 2048 meant, or -2048?
        Assert.Equal("DICOM-PIXEL-RANGE", Refusal(PackedImage(frame, isSigned: true)).Code);
        int[] small = [.. pixels.Select(value => value >> 1)];
        frame = HandMadeJpeg.Lossless(small, MadeObjects.Rows, MadeObjects.Columns, 0, precision: 12);
        Assert.Equal(small, Pixels(PackedImage(frame, isSigned: true)));
    }

    [Fact]
    public void Compressed_pixels_of_another_size_are_refused()
    {
        byte[] frame = HandMadeJpeg.Lossless(new int[6], 2, 3, 0);
        Assert.Equal("DICOM-CORRUPT-PIXELS", Refusal(PackedImage(frame)).Code);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] PackedImage(byte[] frame, bool isSigned = false) => MadeImage.Packed(
        new MadeImage { Rows = MadeObjects.Rows, Columns = MadeObjects.Columns, IsSigned = isSigned }.Bytes(),
        JpegLossless, frame);

    private int[] Pixels(MadeImage image) => Pixels(image.Bytes());

    private int[] Pixels(byte[] file) => Read(file).Frame(0).Integers!;

    private void AssertRefused(string code, MadeImage image) => Assert.Equal(code, Refusal(image.Bytes()).Code);

    private RefusalException Refusal(byte[] file) => Assert.Throws<RefusalException>(() => Read(file).Frame(0));

    private IDicomObject Read(byte[] file) => new ManagedDicomReader().Read(_folder.Write("a", file));
}
