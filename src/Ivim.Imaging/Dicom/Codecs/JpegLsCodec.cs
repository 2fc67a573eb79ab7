using System.Buffers.Binary;
using Ivim.Imaging.Dicom.Pixels;
using static Ivim.Imaging.Dicom.Codecs.CharLsLibrary;

namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>JPEG-LS without loss, by the system's libcharls.</summary>
internal static unsafe class JpegLsCodec
{
    public static CodedSamples Decode(ReadOnlySpan<byte> data, PixelLayout layout)
    {
        if (!IsPresent) throw DicomRefusals.CodecMissing("libcharls", "libcharls2");
        nint decoder = CreateDecoder();
        try
        {
            fixed (byte* source = data)
            {
                Require(SetSource(decoder, source, (nuint)data.Length));
                int precision = Precision(decoder, layout);
                return new CodedSamples(Samples(decoder, precision, layout), precision, IsSigned: false);
            }
        }
        finally
        {
            DestroyDecoder(decoder);
        }
    }

    private static int Precision(nint decoder, PixelLayout layout)
    {
        Frame frame;
        int greatestError;
        Require(ReadHeader(decoder));
        Require(FrameInfo(decoder, &frame));
        if (frame.Components != 1) throw DicomRefusals.Colour();
        if (frame.Width != layout.Columns || frame.Height != layout.Rows)
            throw DicomRefusals.CorruptPixels("compressed pixels of another size than the object's");
        Require(NearLossless(decoder, component: 0, &greatestError));
        if (greatestError != 0) throw DicomRefusals.Lossy();
        return frame.Precision is >= 2 and <= 16 ? frame.Precision : throw Broken();
    }

    private static int[] Samples(nint decoder, int precision, PixelLayout layout)
    {
        int width = precision <= 8 ? 1 : 2;
        nuint wanted;
        Require(DestinationSize(decoder, stride: 0, &wanted));
        byte[] bytes = new byte[layout.Pixels * width];
        if (wanted != (nuint)bytes.Length) throw Broken();
        fixed (byte* destination = bytes)
            Require(CharLsLibrary.Decode(decoder, destination, (nuint)bytes.Length, stride: 0));
        var samples = new int[layout.Pixels];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = width == 1 ? bytes[i] : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(i * 2));
        return samples;
    }

    private static void Require(int errorNumber)
    {
        if (errorNumber != 0) throw Broken();
    }

    private static Physics.RefusalException Broken() =>
        DicomRefusals.CorruptPixels("a JPEG-LS frame that does not unpack");
}
