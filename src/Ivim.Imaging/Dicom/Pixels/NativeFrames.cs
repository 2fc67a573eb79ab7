using Ivim.Imaging.Dicom.Files;

namespace Ivim.Imaging.Dicom.Pixels;

/// <summary>Frames that lie in the file as they are, one behind the other.</summary>
internal static class NativeFrames
{
    public static DicomFrame Read(
        IDicomBytes file, PixelLocation pixels, PixelLayout layout, TransferSyntax syntax, int frame)
    {
        if (!syntax.IsNative) throw DicomRefusals.Damaged("pixels without fragments in a compressed file", "fragments");
        long expected = (long)layout.FrameBytes * layout.Frames;
        // Padding is tolerated, a frame more than announced is not.
        if (pixels.Length < expected || pixels.Length - expected >= layout.FrameBytes)
            throw DicomRefusals.PixelSize($"{pixels.Length} bytes of pixels", $"{expected}");
        var bytes = new byte[layout.FrameBytes];
        file.Read(pixels.Position + (long)frame * layout.FrameBytes, bytes);
        if (syntax.IsBigEndian && layout.BytesPerPixel == 1 && pixels.Form.Is("OW")) SwapPairs(bytes);
        return StoredValues.Unpack(bytes, layout, syntax.IsBigEndian);
    }

    /// <summary>Pixels of 8 bits in words of 16: the words are turned round, not the pixels.</summary>
    private static void SwapPairs(Span<byte> bytes)
    {
        if (bytes.Length % 2 != 0)
            throw DicomRefusals.PixelFormat("frames of half a word, in big endian", "frames of whole words");
        for (int i = 0; i < bytes.Length; i += 2) (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
    }
}
