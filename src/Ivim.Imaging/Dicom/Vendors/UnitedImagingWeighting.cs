using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Gradients;

namespace Ivim.Imaging.Dicom.Vendors;

/// <summary>United Imaging: the b that was played (0065,1009), else the one asked for (0065,100A); direction
/// (0065,1037) along the image's axes.</summary>
internal static class UnitedImagingWeighting
{
    public const string Creator = "Image Private Header";

    public static DiffusionWeighting Of(IDicomDataset dataset)
    {
        var standard = StandardWeighting.Of(dataset);
        double? own = dataset.PrivateNumber(0x0065, Creator, 0x09, DicomNumbers.DoublePrecision)
            ?? dataset.PrivateNumber(0x0065, Creator, 0x0A, DicomNumbers.DoublePrecision);
        var direction = Vector.Of(dataset.PrivateNumbers(0x0065, Creator, 0x37, DicomNumbers.DoublePrecision));
        return own is null && direction is null
            ? standard
            : new DiffusionWeighting(own ?? standard.BSecondsPerMm2, direction ?? standard.Direction,
                direction is null ? DirectionAxes.Patient : DirectionAxes.Image, standard.IsIsotropic).Tidied();
    }

    /// <summary>Slices that lie side by side in one image; 0 where each image is one slice.</summary>
    public static int GridSlices(IDicomDataset dataset) =>
        dataset.PrivateNumber(0x0065, Creator, 0x50, DicomNumbers.Text) is { } count and > 1 and < 10_000
            ? (int)count
            : 0;
}
