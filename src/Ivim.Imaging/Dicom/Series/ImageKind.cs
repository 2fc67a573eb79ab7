using Ivim.Imaging.Dicom.Vendors;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>What the pixels of an image are.</summary>
public enum ImageKind
{
    /// <summary>A magnitude as it was acquired.</summary>
    Acquired,

    /// <summary>The scanner's mean over directions.</summary>
    Trace,

    /// <summary>A map that the scanner computed, such as an ADC, or another derived image.</summary>
    Map,

    /// <summary>Phase, real or imaginary part.</summary>
    NotMagnitude,
}

internal static class ImageKinds
{
    private static readonly string[] Traces = ["TRACEW", "TRACE", "ISOTROPIC"];

    private static readonly string[] Maps =
        ["FA", "COLFA", "FAC", "RA", "VR", "TENSOR", "TENSOR_B0", "EXP", "PERFUSION", "AC", "LAT", "FLAIR_ADC"];

    private static readonly string[] Parts = ["P", "PHASE", "PHASE MAP", "R", "REAL", "I", "IMAGINARY"];

    /// <param name="types">Image Type of the object.</param>
    /// <param name="frameTypes">Frame Type of the frame; empty in a classic object.</param>
    /// <param name="component">Complex Image Component; empty where it is not said.</param>
    /// <param name="vendorType">Philips' own type (2005,1011); empty elsewhere.</param>
    public static ImageKind Of(
        IReadOnlyList<string> types, IReadOnlyList<string> frameTypes, string component, string vendorType)
    {
        // Frame Type says more than the type of the object, which may be MIXED.
        var own = frameTypes.Count > 0 ? frameTypes : types;
        string[] values = [.. own.Skip(2), vendorType];
        if (values.Any(value => Maps.Contains(value) || value.Contains("ADC", StringComparison.Ordinal)))
            return ImageKind.Map;
        if (component is not ("" or "MAGNITUDE" or "MIXED") || values.Any(Parts.Contains))
            return ImageKind.NotMagnitude;
        if (values.Any(Traces.Contains)) return ImageKind.Trace;
        return own.FirstOrDefault("") == "DERIVED" ? ImageKind.Map : ImageKind.Acquired;
    }

    public static ImageKind Of(FrameElements elements) => Of(
        elements.Root.Texts(MrTags.ImageType),
        elements.Macro(MrTags.FrameTypeSequence)?.Texts(MrTags.FrameType) ?? [],
        (elements.Macro(MrTags.FrameTypeSequence) ?? elements.Root).Text(MrTags.ComplexComponent),
        elements.Root.PrivateText(0x2005, PhilipsWeighting.Mr, 0x11));
}
