using Ivim.Imaging.Dicom.Pixels;
using static Ivim.Imaging.Dicom.Codecs.OpenJpegLibrary;

namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>JPEG 2000 without loss, by the system's libopenjp2.</summary>
internal static unsafe class Jpeg2000Codec
{
    private const int BufferBytes = 1 << 16;

    public static CodedSamples Decode(ReadOnlySpan<byte> data, PixelLayout layout)
    {
        var header = Jpeg2000Header.Read(data);
        if (header.Rows != layout.Rows || header.Columns != layout.Columns)
            throw DicomRefusals.CorruptPixels("compressed pixels of another size than the object's");
        if (!IsPresent) throw DicomRefusals.CodecMissing("libopenjp2", "libopenjp2-7");
        fixed (byte* bytes = data)
        {
            var source = new Source { Bytes = bytes, Length = data.Length };
            return new CodedSamples(Decode(&source, layout), header.Precision, header.IsSigned);
        }
    }

    private static int[] Decode(Source* source, PixelLayout layout)
    {
        nint decoder = CreateDecoder(Codestream);
        nint stream = CreateStream(BufferBytes, isInput: 1);
        Image* image = null;
        try
        {
            SetUserData(stream, source, release: 0);
            SetLength(stream, (ulong)source->Length);
            SetRead(stream, &Read);
            SetSkip(stream, &Skip);
            SetSeek(stream, &Seek);
            byte[] parameters = new byte[ParameterBytes];
            fixed (byte* defaults = parameters)
            {
                SetDefaults(defaults);
                if (SetUp(decoder, defaults) == 0) throw Broken();
            }
            if (ReadHeader(stream, decoder, &image) == 0 || image == null || !Fits(image, layout)) throw Broken();
            if (OpenJpegLibrary.Decode(decoder, stream, image) == 0 || EndDecode(decoder, stream) == 0) throw Broken();
            if (!Fits(image, layout) || image->Components->Data == null) throw Broken();
            return new ReadOnlySpan<int>(image->Components->Data, layout.Pixels).ToArray();
        }
        finally
        {
            if (image != null) DestroyImage(image);
            DestroyStream(stream);
            DestroyDecoder(decoder);
        }
    }

    private static bool Fits(Image* image, PixelLayout layout) =>
        image->ComponentCount == 1 && image->Components != null
        && image->Components->Width == layout.Columns && image->Components->Height == layout.Rows;

    private static Physics.RefusalException Broken() =>
        DicomRefusals.CorruptPixels("a JPEG 2000 frame that does not unpack");
}
