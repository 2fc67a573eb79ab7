using System.Collections.Immutable;
using Ivim.Imaging.Reports.Pages;
using Ivim.Physics.Evaluation;
using static Ivim.Actors.Reports.ReportWords;

namespace Ivim.Actors.Reports;

/// <summary>Whether borders between slabs can be seen in the maps.</summary>
internal static class SeamSection
{
    public static ReportSection Of(ReportMaterial material)
    {
        var borders = Borders(material);
        if (borders.IsEmpty) return new ReportSection("Slab seams", [new Paragraph("There is one slab: no seam.")]);
        var rows = new List<IReadOnlyList<TableCell>>();
        var lines = new List<CurveLine>();
        foreach (var parameter in ReportParameter.All.Where(parameter => parameter.Bounds is not null))
        {
            if (material.Map(parameter.Name) is not { } map) continue;
            if (SeamIndex.Measure(map.Volume, [], material.Mask, SliceVoxels(material), borders) is { } all)
                rows.Add([parameter.Symbol, Number(all.Index, "0.00"), parameter.Show(all.BorderStep),
                    parameter.Show(all.InteriorStep)]);
            var each = SeamIndex.OfEach(map.Volume, material.Mask, SliceVoxels(material), borders);
            lines.Add(new CurveLine(parameter.Symbol,
                [.. each.Select(border => (border.Border + 1.5, border.Index))], CurveMark.LineWithPoints));
        }
        if (rows.Count == 0)
            return new ReportSection("Slab seams",
                [new Paragraph("Not measured: no pair of slices inside a slab, or none across a border.")]);
        return new ReportSection("Slab seams",
        [
            new DataTable("Mean step between neighbour slices across borders, relative to that inside slabs",
                ["", "seam index", "step across borders", "step inside"], rows),
            new ChartRow(borders.Count < 2 ? []
                : [new CurveChart("Seam index of each border", "border, between slices", lines, Level: 1)]),
            new Paragraph("Unpaired form: 1 means that a border cannot be told from other places. Anatomy changes "
                + "between slices too, so single borders scatter around 1."),
        ]);
    }

    /// <summary>Over D, f and D*; NaN where there is none.</summary>
    public static double Largest(ReportMaterial material)
    {
        var borders = Borders(material);
        double[] found = [.. ReportParameter.All.Where(parameter => parameter.Bounds is not null)
            .Select(parameter => material.Map(parameter.Name)).OfType<ReportMap>()
            .Select(map => SeamIndex.Measure(map.Volume, [], material.Mask, SliceVoxels(material), borders))
            .OfType<SeamIndex>().Select(seam => seam.Index)];
        return found.Length == 0 ? double.NaN : found.Max();
    }

    private static int SliceVoxels(ReportMaterial material) =>
        material.Header.Shape.Width * material.Header.Shape.Height;

    private static ImmutableHashSet<int> Borders(ReportMaterial material) =>
        [.. material.Slabs.SkipLast(1).Select(slab => slab.Last)];
}
