using Ivim.Imaging.Dicom.Codecs;
using Ivim.Imaging.Dicom.Files;

namespace Ivim.Imaging.Dicom.Pixels;

/// <summary>Frames that lie in the file as fragments of compressed data.</summary>
internal static class CompressedFrames
{
    private const string JpegBaseline = "1.2.840.10008.1.2.4.50", JpegExtended = "1.2.840.10008.1.2.4.51",
        JpegLossless = "1.2.840.10008.1.2.4.57", JpegLosslessFirstOrder = "1.2.840.10008.1.2.4.70",
        JpegLsLossless = "1.2.840.10008.1.2.4.80", JpegLs = "1.2.840.10008.1.2.4.81",
        Jpeg2000Lossless = "1.2.840.10008.1.2.4.90", Jpeg2000 = "1.2.840.10008.1.2.4.91";

    /// <param name="data">The fragments of the frame, put together.</param>
    public static DicomFrame Read(byte[] data, PixelLayout layout, TransferSyntax syntax)
    {
        if (syntax.Uid == TransferSyntax.RunLength)
            return StoredValues.Unpack(RunLengthCodec.Decode(data, layout), layout, isBigEndian: false);
        var samples = syntax.Uid switch
        {
            JpegLossless or JpegLosslessFirstOrder => JpegLosslessCodec.Decode(data, layout),
            JpegLsLossless or JpegLs => JpegLsCodec.Decode(data, layout),
            _ => Jpeg2000Codec.Decode(data, layout),
        };
        return new DicomFrame(layout.Rows, layout.Columns, samples.AsStored(layout), null);
    }

    /// <exception cref="Physics.RefusalException">DICOM-LOSSY, DICOM-SYNTAX, DICOM-DAMAGED.</exception>
    public static void RequireReadable(PixelLayout layout, TransferSyntax syntax, IDicomDataset dataset)
    {
        if (layout.IsFloat || syntax.IsNative)
            throw DicomRefusals.Damaged("pixels in fragments in a file that is not compressed", "pixels as they are");
        string uid = syntax.Uid;
        if (uid is JpegBaseline or JpegExtended) throw DicomRefusals.Lossy();
        // These two may lose bits or not; the codecs look at each frame, but not at what was cut from a stream.
        if (uid is JpegLs or Jpeg2000 && dataset.Texts(DicomTags.LossyCompression) is ["01", ..])
            throw DicomRefusals.Lossy();
        if (uid is not (TransferSyntax.RunLength or JpegLossless or JpegLosslessFirstOrder or JpegLsLossless or JpegLs
            or Jpeg2000Lossless or Jpeg2000)) throw DicomRefusals.Syntax();
    }
}
