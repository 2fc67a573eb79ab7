using System.Globalization;
using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Gradients;

namespace Ivim.Imaging.Dicom.Vendors;

/// <summary>Philips: (0018,9087) and (2001,1003) of the image itself. What lies in the nested (2005,140F) may be of
/// another image and is not read for this.</summary>
internal static class PhilipsWeighting
{
    public const string Imaging = "Philips Imaging DD 001", Mr = "Philips MR Imaging DD 001";
    public const string MrFourth = "Philips MR Imaging DD 005";

    public static DiffusionWeighting Of(IDicomDataset dataset)
    {
        var standard = StandardWeighting.Of(dataset);
        double? own = dataset.PrivateNumber(0x2001, Imaging, 0x03, DicomNumbers.SinglePrecision);
        if (own is null && standard.BSecondsPerMm2 is null) return DiffusionWeighting.NotKnown;
        string? doubt = own is { } a && standard.BSecondsPerMm2 is { } b && !DiffusionWeighting.Agree(a, b)
            ? string.Create(CultureInfo.InvariantCulture,
                $"b = {b:0.###} in (0018,9087) and b = {a:0.###} in (2001,1003) of one image")
            : null;
        bool isTrace = standard.IsIsotropic || dataset.PrivateText(0x2001, Imaging, 0x04) == "I";
        var direction = isTrace ? null : standard.Direction ?? Direction(dataset);
        return new DiffusionWeighting(standard.BSecondsPerMm2 ?? own, direction, IsIsotropic: isTrace, Doubt: doubt)
            .Tidied();
    }

    /// <summary>The scanner's own numbers of the b-value and of the direction, which tell volumes apart.</summary>
    public static string Volume(IDicomDataset dataset)
    {
        double? b = dataset.PrivateNumber(0x2005, MrFourth, 0x12, DicomNumbers.Text);
        double? direction = dataset.PrivateNumber(0x2005, MrFourth, 0x13, DicomNumbers.Text);
        return string.Create(CultureInfo.InvariantCulture, $"{b}/{direction}");
    }

    private static Vector? Direction(IDicomDataset dataset)
    {
        double? Component(byte element) => dataset.PrivateNumber(0x2005, Mr, element, DicomNumbers.SinglePrecision);
        return Component(0xB0) is { } x && Component(0xB1) is { } y && Component(0xB2) is { } z ? new(x, y, z) : null;
    }
}
