using Ivim.Imaging.Dicom.Files;

namespace Ivim.Imaging.Dicom.Pixels;

/// <summary>Frames that lie in the file as fragments of compressed data.</summary>
internal static class CompressedFrames
{
    public static DicomFrame Read(IDicomBytes file, PixelLocation pixels, PixelLayout layout, TransferSyntax syntax,
        IDicomDataset dataset, int frame)
    {
        if (layout.IsFloat || syntax.IsNative)
            throw DicomRefusals.Damaged("pixels in fragments in a file that is not compressed", "pixels as they are");
        throw DicomRefusals.Syntax();
    }
}
