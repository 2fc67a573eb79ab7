using Ivim.Imaging.Dicom;
using Ivim.Imaging.Dicom.Files;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>Compressed frames that contradict the object around them, or ask for more than they are worth.</summary>
public sealed class DicomCodecTests : IDisposable
{
    private const ushort PixelRepresentation = 0x0103;

    private readonly TemporaryFolder _folder = new();

    [SkippableFact]
    public void A_sign_that_the_stream_excludes_is_read_from_the_bits_that_the_object_stores()
    {
        int[] expected = [.. MadeObjects.Formula(0, 12, isSigned: false).Select(value => value << 20 >> 20)];
        Assert.Equal(expected, Unpack("j2k-u12x3", file => Set(file, PixelRepresentation, 1)).Integers);
    }

    [SkippableFact]
    public void Negative_values_of_an_object_without_signs_are_refused() =>
        Assert.Equal("DICOM-PIXEL-RANGE", Refusal("j2k-s16", file => Set(file, PixelRepresentation, 0)));

    [Fact]
    public void A_stream_of_thousands_of_layers_never_reaches_the_library() =>
        Assert.Equal("DICOM-TOO-LARGE", Refusal("j2k-u8", file =>
        {
            int coding = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x52, 0x00]);
            file[coding + 6] = file[coding + 7] = 0xFF;
        }));

    [Fact]
    public void A_stream_of_a_million_tiles_never_reaches_the_library() =>
        Assert.Equal("DICOM-TOO-LARGE", Refusal("j2k-u8", file =>
        {
            int size = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x51, 0x00]);
            // Width and height of the image, then of its tiles.
            new byte[] { 0, 0, 4, 0, 0, 0, 4, 0 }.CopyTo(file, size + 6);
            new byte[] { 0, 0, 0, 1, 0, 0, 0, 1 }.CopyTo(file, size + 22);
        }));

    [Fact]
    public void A_stream_that_lacks_its_last_part_never_reaches_the_library() =>
        Assert.Equal("DICOM-CORRUPT-PIXELS", Refusal("j2k-u8", file =>
        {
            int end = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]);
            file[end] = 0;
        }));

    public void Dispose() => _folder.Dispose();

    /// <summary>Overwrites one of the elements of two bytes that describe the pixels.</summary>
    private static void Set(byte[] file, ushort element, byte value)
    {
        int at = file.AsSpan().IndexOf(
            (ReadOnlySpan<byte>)[0x28, 0x00, (byte)element, (byte)(element >> 8), (byte)'U', (byte)'S', 2, 0]);
        file[at + 8] = value;
    }

    private string Refusal(string name, Action<byte[]> change) =>
        Assert.Throws<RefusalException>(() => Unpack(name, change)).Code;

    private DicomFrame Unpack(string name, Action<byte[]> change)
    {
        byte[] file = File.ReadAllBytes(MadeObjects.Path(name));
        change(file);
        var found = new ManagedDicomReader().Read(_folder.Write("a", file));
        return SystemLibraries.Needed(() => found.Frame(0));
    }
}
