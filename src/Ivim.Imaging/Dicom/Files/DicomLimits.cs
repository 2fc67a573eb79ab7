namespace Ivim.Imaging.Dicom.Files;

/// <summary>What one file may ask for, so that a hostile one ends in a refusal.</summary>
/// <param name="Depth">Sequences within sequences.</param>
/// <param name="Elements">Of the whole file, those in items too. An enhanced object has about 60 for a frame.</param>
/// <param name="ValueBytes">Of one value that is not the pixel data.</param>
/// <param name="InflatedBytes">Of a deflated file, inflated.</param>
/// <param name="FrameBytes">Of one frame, unpacked.</param>
public sealed record DicomLimits(int Depth, int Elements, int ValueBytes, int InflatedBytes, int FrameBytes)
{
    public static DicomLimits Default { get; } = new(32, 4_000_000, 256 << 20, 512 << 20, 256 << 20);
}
