using Ivim.Imaging.Dicom.Vendors;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>From stored values to signals: stored x slope + intercept.</summary>
/// <remarks>
/// Slope and intercept are rounded to single precision, as a NIfTI header keeps them, so that voxels equal those of a
/// converted NIfTI bit for bit.
/// </remarks>
/// <param name="IsPhilipsPrecise">
/// Whether Philips' scale slope (2005,100E) was used: FP = DV / (RS x SS) is proportional to the signal across images
/// and series, while DV is scaled for display (Chenevert et al. 2014, doi:10.1016/j.tranon.2013.11.005).
/// </param>
public readonly record struct ImageScaling(double Slope, double Intercept, bool IsPhilipsPrecise)
{
    public static ImageScaling None { get; } = new(1, 0, false);

    /// <summary>That neither overflows by itself.</summary>
    public bool IsUsable => double.IsFinite(Slope) && Slope != 0 && double.IsFinite(Intercept);

    public float Signal(double stored) => (float)(stored * Slope + Intercept);

    internal static ImageScaling Of(FrameElements elements, Manufacturer manufacturer)
    {
        var home = elements.Home(MrTags.TransformationSequence);
        double slope = home.Number(MrTags.Slope) is { } given and not 0 ? given : 1;
        double intercept = home.Number(MrTags.Intercept) ?? 0;
        bool isPrecise = manufacturer == Manufacturer.Philips && ScaleSlope(elements) is > 0;
        if (!isPrecise) return new((float)slope, (float)intercept, false);
        double scale = ScaleSlope(elements)!.Value;
        return new((float)(1 / scale), (float)(intercept / (slope * scale)), true);
    }

    private static double? ScaleSlope(FrameElements elements)
    {
        // In an enhanced object the scale lies in the frame's private stack item.
        var home = elements.IsClassic ? elements.Root : elements.Macro(MrTags.PhilipsStack);
        return home?.PrivateNumber(0x2005, PhilipsWeighting.Mr, 0x0E, DicomNumbers.SinglePrecision);
    }
}
