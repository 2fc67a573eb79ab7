using System.Globalization;
using System.Text.Json.Nodes;
using Ivim.Imaging.Reports.Pages;
using static Ivim.Actors.Reports.ReportWords;

namespace Ivim.Actors.Reports;

/// <summary>What was run, on what, and what the noise was.</summary>
internal static class RunSections
{
    private static readonly string[] Axes = ["x", "y", "z"];

    public static ReportSection Run(ReportMaterial material)
    {
        var protocol = material.Protocol;
        return new ReportSection("What was run",
        [
            new FactList([
                new("Method", $"{Method(protocol)} ({protocol.Method})"),
                new("Networks", protocol.Learns ? MergeRule(protocol) : "none"),
                new("Denoising", protocol.Denoising.Method),
                new("Polish", protocol.Polishes ? "guided: polished maps stand beside the others" : "none"),
                new("Slabs", $"{material.Slabs.Count}, of {protocol.Slabs.Slices} slices, halo {protocol.Slabs.Halo}"),
                new("Seed", protocol.Seed.ToString(CultureInfo.InvariantCulture)),
                new("Study", material.Text("study")),
                new("Protocol", material.Text("protocolId")),
                new("Numeric class", material.Text("numericClass")),
                new("Program", "ivim " + StudyReport.ProgramVersion),
            ]),
        ]);
    }

    public static ReportSection Notes(ReportMaterial material) => new("Warnings",
        material.Signals is not { } signals
            ? [new Paragraph("Not known: the work folder was not at hand when this page was made.")]
            : signals.Notes.IsEmpty ? [new Paragraph("None. The maps are complete.")]
            : [new NoteList(signals.Notes), new Paragraph("docs/errors.md says what each code means.")]);

    public static ReportSection Input(ReportMaterial material)
    {
        var (header, shape) = (material.Header, material.Header.Shape.OneVolume);
        double[] edges = [header.PixDim(1), header.PixDim(2), header.PixDim(3)];
        var b = Numbers(material, "bValues");
        var averages = Numbers(material, "averages");
        double millilitres = material.Voxels.Length * edges[0] * edges[1] * edges[2] / 1000;
        return new ReportSection("Input",
        [
            new FactList([
                new("Matrix", $"{shape.Width} × {shape.Height} × {shape.Slices}"),
                new("Voxel size", string.Join(" × ", edges.Select(edge => Number(edge, "0.##"))) + " mm"),
                new("Mapped voxels", $"{Count(material.Voxels.Length)} ({Number(millilitres, "0.#")} ml)"),
                new("Volumes used", Number(averages.Sum())),
                new("SHA-256 of the scan", (string?)material.Provenance["source"]?["image"] ?? "not known"),
            ]),
            new DataTable("b-values and how many volumes each is the mean of",
                ["b [s/mm²]", .. b.Select(value => Number(value, "0.#"))],
                [[new TableCell("volumes"), .. averages.Select(value => (TableCell)Number(value))]]),
        ]);
    }

    public static ReportSection Noise(ReportMaterial material)
    {
        if (material.Provenance["noise"] is not JsonObject noise)
            return new ReportSection("Noise", [new Paragraph("Nothing was denoised, and so nothing is known of it.")]);
        double sigma = Value(noise["sigmaMedianScannerUnits"]);
        double signal = material.Map("S0")?.Median ?? double.NaN;
        var facts = new List<Fact>
        {
            new("Noise σ of a volume, median", Number(sigma, "0.##") + " scanner units"),
            new("Median S0 / σ", Number(signal / sigma, "0")),
            new("Correlation with the next voxel", Correlation(noise["noiseCorrelation"])),
            new("The same where it was denoised", Correlation(noise["noiseCorrelationWhereDenoised"])),
            new("Acquired matrix", Matrix(noise["acquiredMatrix"])),
            new("Patch", (string?)noise["patch"] ?? "–"),
            new("Components kept, median", Number(Value(noise["keptComponentsMedian"]), "0.#")),
            new("Noise after / before", Number(Value(noise["noiseAfterToBefore"]), "0.00")),
            new("Voxels not denoised", Number(Value(noise["voxelsNotDenoised"]))),
        };
        return new ReportSection("Noise", [new FactList(facts)]);
    }

    public static double[] Numbers(ReportMaterial material, string field) =>
        [.. (material.Provenance[field] as JsonArray ?? []).Select(Value)];

    private static double Value(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number)
        ? number : node is JsonValue whole && whole.TryGetValue(out int count) ? count : double.NaN;

    private static string Correlation(JsonNode? node) => node is null ? "–"
        : string.Join(", ", Axes.Select(axis => $"{axis} {Number(Value(node[axis]), "0.00")}"));

    private static string Matrix(JsonNode? node) => node is null ? "–"
        : (string?)node["source"] is "not known" ? "not known"
        : $"{Number(Value(node["x"]))} × {Number(Value(node["y"]))} ({(string?)node["source"]})";
}
