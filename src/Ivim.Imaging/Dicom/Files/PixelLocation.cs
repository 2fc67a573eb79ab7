namespace Ivim.Imaging.Dicom.Files;

/// <summary>Where the pixel data lie in the file.</summary>
/// <param name="Length">In bytes; of native pixels only.</param>
/// <param name="Fragments">Null for native pixels. The first is the basic offset table.</param>
internal sealed record PixelLocation(
    DicomTag Tag, ValueForm Form, long Position, long Length, IReadOnlyList<PixelFragment>? Fragments);

internal readonly record struct PixelFragment(long Position, int Length);
