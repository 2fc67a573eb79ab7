using Ivim.Imaging.Dicom.Pixels;

namespace Ivim.Imaging.Dicom.Files;

/// <summary>The elements of a file, and the way back to its pixels.</summary>
internal sealed class DicomFileObject(
    TransferSyntax syntax, DicomDataset dataset, PixelLocation? pixels, Func<IDicomBytes> reopen, DicomLimits limits)
    : IDicomObject
{
    // Of each frame; the same whoever finds them first.
    private PixelFragment[][]? _fragments;

    public string TransferSyntax => syntax.Uid;

    public IDicomDataset Dataset => dataset;

    public int Frames { get; } = 
        pixels is null && !(dataset.Contains(DicomTags.Rows) && dataset.Contains(DicomTags.BitsAllocated))
            ? 0
            : PixelLayout.FrameCount(dataset);

    public DicomFrame Frame(int frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Frames);
        if (pixels is null) throw DicomRefusals.NoPixels();
        var layout = PixelLayout.Of(dataset, pixels.Tag, limits);
        using var bytes = reopen();
        if (pixels.Fragments is null) return NativeFrames.Read(bytes, pixels, layout, syntax, frame);
        CompressedFrames.RequireReadable(layout, syntax, dataset);
        _fragments ??= FrameFragments.Of(bytes, pixels, layout.Frames, dataset);
        return CompressedFrames.Read(FrameFragments.Bytes(bytes, _fragments[frame], layout), layout, syntax);
    }
}
