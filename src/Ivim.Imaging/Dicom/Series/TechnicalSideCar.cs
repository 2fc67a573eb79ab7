using System.Text.Json.Nodes;
using Ivim.Imaging.Dicom.Vendors;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>What a side-car says of the acquisition, by the names of BIDS: numbers, and words of fixed lists.</summary>
/// <remarks>Nothing else of a header is copied: text that a person typed, names, dates, places and UIDs are no part
/// of it.</remarks>
internal static class TechnicalSideCar
{
    private const double PerSecond = 1e-3;

    /// <summary>Name, element, functional group that holds it in an enhanced object, factor, largest value.</summary>
    private static readonly (string Name, DicomTag Tag, DicomTag Group, double Factor, double Most)[] Numbers =
    [
        ("MagneticFieldStrength", new(0x0018, 0x0087), default, 1, 100),
        ("ImagingFrequency", new(0x0018, 0x0084), default, 1, 10_000),
        ("RepetitionTime", new(0x0018, 0x0080), new(0x0018, 0x9112), PerSecond, 1000),
        ("EchoTime", new(0x0018, 0x0081), default, PerSecond, 10),
        ("EchoTime", new(0x0018, 0x9082), new(0x0018, 0x9114), PerSecond, 10),
        ("FlipAngle", new(0x0018, 0x1314), new(0x0018, 0x9112), 1, 360),
        ("EchoTrainLength", new(0x0018, 0x0091), new(0x0018, 0x9112), 1, 10_000),
        ("NumberOfAverages", new(0x0018, 0x0083), new(0x0018, 0x9119), 1, 10_000),
        ("PixelBandwidth", new(0x0018, 0x0095), new(0x0018, 0x9006), 1, 1e6),
        ("PercentSampling", new(0x0018, 0x0093), new(0x0018, 0x9125), 1, 1000),
        ("PercentPhaseFOV", new(0x0018, 0x0094), new(0x0018, 0x9125), 1, 1000),
        ("ParallelReductionFactorInPlane", new(0x0018, 0x9069), new(0x0018, 0x9115), 1, 1000),
        ("SliceThickness", MrTags.SliceThickness, MrTags.MeasuresSequence, 1, 1000),
        ("SpacingBetweenSlices", MrTags.SliceSpacing, MrTags.MeasuresSequence, 1, 1000),
    ];

    private static readonly (string Name, DicomTag Tag, DicomTag Group, string[] Words)[] Words =
    [
        ("MRAcquisitionType", new(0x0018, 0x0023), default, ["1D", "2D", "3D"]),
        ("ScanningSequence", new(0x0018, 0x0020), default, ["SE", "IR", "GR", "EP", "RM"]),
        ("ParallelAcquisitionTechnique", new(0x0018, 0x9078), new(0x0018, 0x9115),
            ["PILS", "SENSE", "SMASH", "SMS", "GRAPPA", "ARC", "CAIPIRINHA"]),
        ("PartialFourier", new(0x0018, 0x9081), new(0x0018, 0x9115), ["YES", "NO"]),
        ("InPlanePhaseEncodingDirectionDICOM", MrTags.PhaseAxis, new(0x0018, 0x9125), ["ROW", "COL", "COLUMN"]),
    ];

    private static readonly DicomTag AcquisitionMatrix = new(0x0018, 0x1310), Geometry = new(0x0018, 0x9125),
        FrequencySteps = new(0x0018, 0x9058), PhaseSteps = new(0x0018, 0x9231);

    public static JsonObject Of(IDicomDataset root, SliceImage slice)
    {
        var elements = FrameElements.IsEnhanced(root)
            ? new FrameElements(root, root.Items(MrTags.FrameGroups).ElementAtOrDefault(slice.Frame),
                root.Items(MrTags.SharedGroups) is [var shared, ..] ? shared : null)
            : new FrameElements(root, null, null);
        var json = new JsonObject { ["Modality"] = "MR" };
        if (Manufacturers.Of(root).PlainName() is { } manufacturer) json["Manufacturer"] = manufacturer;
        foreach (var (name, tag, group, factor, most) in Numbers)
            if (elements.Home(group).Number(tag, Form(tag)) is { } value and > 0
                && value * factor <= most && !json.ContainsKey(name)) json[name] = Rounded(value * factor);
        foreach (var (name, tag, group, words) in Words)
        {
            string[] said = [.. elements.Home(group).Texts(tag).Where(words.Contains).Distinct()];
            if (said.Length > 0) json[name] = said.Length == 1 ? said[0] : string.Join('_', said);
        }
        if (Matrix(elements) is { } matrix) json["AcquiredMatrix"] = new JsonArray(matrix.X, matrix.Y);
        json["SignalScaling"] = slice.Scaling.IsPhilipsPrecise
            ? "(stored x rescale slope + intercept) / (rescale slope x scale slope)"
            : "stored x rescale slope + intercept";
        return json;
    }

    /// <summary>Points of k-space along x and y; null where they are not told.</summary>
    private static (int X, int Y)? Matrix(FrameElements elements)
    {
        // Of the four numbers two are 0: frequency rows and columns, phase rows and columns.
        var m = elements.Root.Numbers(AcquisitionMatrix, DicomNumbers.UnsignedShort);
        var (frequency, phase) = m.Count == 4
            ? (Math.Max(m[0], m[1]), Math.Max(m[2], m[3]))
            : (elements.Home(Geometry).Number(FrequencySteps, DicomNumbers.UnsignedShort) ?? 0,
                elements.Home(Geometry).Number(PhaseSteps, DicomNumbers.UnsignedShort) ?? 0);
        if (frequency is not (> 0 and <= short.MaxValue) || phase is not (> 0 and <= short.MaxValue)) return null;
        return elements.Home(Geometry).Text(MrTags.PhaseAxis) switch
        {
            "COL" or "COLUMN" => ((int)frequency, (int)phase),
            "ROW" => ((int)phase, (int)frequency),
            _ => null,
        };
    }

    /// <summary>Here the elements of enhanced objects are FD, the others text.</summary>
    private static DicomNumbers Form(DicomTag tag) =>
        tag.Element >= 0x9000 ? DicomNumbers.DoublePrecision : DicomNumbers.Text;

    /// <summary>Without the last bits of 0.001: 0.08, not 0.08000000000000000166.</summary>
    private static double Rounded(double value) => Math.Round(value, 9);
}
