using Ivim.Imaging.Dicom.Writing;

namespace Ivim.Imaging.Dicom.Export;

/// <summary>Codes, quantities and references that both forms of a map hold.</summary>
internal static class MapCoding
{
    private static readonly DicomCode
        Quantity = new("246205007", "SCT", "Quantity"), Statistic = new("121401", "DCM", "Derivation"),
        Deviation = new("386136009", "SCT", "Standard Deviation"),
        Measurement = new("370129005", "SCT", "Measurement Method"),
        Model = new("113251", "DCM", "Bi-exponential (IVIM) diffusion model"),
        Fitting = new("113241", "DCM", "Model fitting method"),
        BValue = new("113240", "DCM", "Source image diffusion b-value"), PerArea = new("s/mm2", "UCUM", "s/mm2"),
        Analysis = new("129105", "DCM", "Diffusion image analysis"),
        Purpose = new("121322", "DCM", "Source image for image processing operation");

    public static DicomContent Code(DicomCode code) => new DicomContent().Text(new(0x0008, 0x0100), "SH", code.Value)
        .Text(new(0x0008, 0x0102), "SH", code.Scheme).Text(new(0x0008, 0x0104), "LO", code.Meaning);

    /// <summary>Items of the Quantity Definition Sequence (PS3.3 C.7.6.16.2.11, CID 9000).</summary>
    public static DicomContent[] Definition(ExportedMap map)
    {
        var items = new List<DicomContent> { Coded(Quantity, map.Quantity.Code) };
        if (map.IsSpread) items.Add(Coded(Statistic, Deviation));
        items.Add(Coded(Measurement, Model));
        if (FitOf(map.Facts.Method) is { } fit) items.Add(Coded(Fitting, fit));
        items.AddRange(map.Facts.BSecondsPerMm2.Select(b => Item(BValue, "NUMERIC")
            .Decimals(new(0x0040, 0xA30A), b).Sequence(new(0x0040, 0x08EA), Code(PerArea))));
        return [.. items];
    }

    /// <summary>Derivation Image Sequence of the slice: how, and from which images.</summary>
    public static DicomContent Derivation(ExportedMap map, IReadOnlyList<SourceImage> images) => new DicomContent()
        .Text(new(0x0008, 0x2111), "ST", map.Facts.Derivation)
        .Sequence(new(0x0008, 0x9215), Code(Analysis))
        .Sequence(new(0x0008, 0x2112), Sources(images));

    public static DicomContent AnalysisCode() => Code(Analysis);

    public static DicomContent[] Sources(IReadOnlyList<SourceImage> images) =>
        [.. images.Select(image =>
        {
            var item = Reference(image).Sequence(new(0x0040, 0xA170), Code(Purpose));
            return image.Frame is { } frame ? item.Integers(new(0x0008, 0x1160), frame) : item;
        })];

    /// <summary>Referenced Series Sequence: each object once.</summary>
    public static DicomContent ReferencedSeries(DicomSource source, IEnumerable<SourceImage> images) =>
        new DicomContent().Text(new(0x0020, 0x000E), "UI", source.SeriesUid)
            .Sequence(new(0x0008, 0x114A), [.. images.DistinctBy(image => image.SopInstance).Select(Reference)]);

    private static DicomContent Reference(SourceImage image) => new DicomContent()
        .Text(new(0x0008, 0x1150), "UI", image.SopClass).Text(new(0x0008, 0x1155), "UI", image.SopInstance);

    private static DicomContent Item(DicomCode concept, string type) => new DicomContent()
        .Text(new(0x0040, 0xA040), "CS", type).Sequence(new(0x0040, 0xA043), Code(concept));

    private static DicomContent Coded(DicomCode concept, DicomCode value) =>
        Item(concept, "CODE").Sequence(new(0x0040, 0xA168), Code(value));

    /// <summary>CID 7274 has no code for networks; then the derivation's text alone tells the method.</summary>
    private static DicomCode? FitOf(string method) => method switch
    {
        "nlls" => new("113265", "DCM", "Levenberg-Marquardt"),
        "bayes" or "bayes-mrf" or "mrf-map" => new("113270", "DCM", "Bayesian-Probability"),
        _ => null,
    };
}
