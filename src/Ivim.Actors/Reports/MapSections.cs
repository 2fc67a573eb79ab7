using Ivim.Actors.Stages;
using Ivim.Imaging.Reports.Pages;

namespace Ivim.Actors.Reports;

/// <summary>The maps and their standard deviations as pictures.</summary>
internal static class MapSections
{
    private const double LowShare = 0.02, HighShare = 0.98;

    public static ReportSection Maps(ReportMaterial material, SliceStack stack)
    {
        var blocks = new List<ReportBlock> { new Paragraph(Ground(stack)) };
        foreach (var parameter in ReportParameter.All)
        {
            if (material.Map(parameter.Name) is not { } plain) continue;
            var range = Range(plain.Quantile(LowShare), plain.Quantile(HighShare));
            string what = $"{parameter.Symbol}, {parameter.Meaning}";
            blocks.Add(Figure(what + Merged(material), parameter, stack, plain, range));
            if (material.Map(parameter.Name + OutputMaps.PolishedSuffix) is { } polished)
                blocks.Add(Figure(what + ", polished with the guided spatial prior; same colours", parameter, stack,
                    polished, range));
        }
        if (material.Map("rmse") is { } rmse)
            blocks.Add(new SliceFigure("Root mean squared residual of the maps that are not polished, relative to the "
                + "reference signal", "", 1, stack, rmse.Volume, 0, Upper(rmse)));
        return new ReportSection("Maps", blocks);
    }

    public static ReportSection? Uncertainty(ReportMaterial material, SliceStack stack)
    {
        var blocks = new List<ReportBlock>();
        var rows = new List<IReadOnlyList<TableCell>>();
        foreach (var parameter in ReportParameter.All)
        {
            foreach (string kind in new[] { "", OutputMaps.PolishedSuffix })
            {
                string name = parameter.Name + kind;
                if (material.Map(name + OutputMaps.SpreadSuffix) is not { } deviation) continue;
                var plain = material.Map(parameter.Name + OutputMaps.SpreadSuffix)!;
                string what = parameter.Symbol + (kind.Length == 0 ? "" : ", polished");
                blocks.Add(Figure($"Standard deviation of {what}", parameter, stack, deviation, (0, Upper(plain))));
                rows.Add([what, parameter.Unit, parameter.Show(deviation.Median),
                    parameter.Show(deviation.Quantile(0.95)), Share(deviation.Median / material.Map(name)!.Median)]);
            }
        }
        if (rows.Count == 0) return null;
        blocks.Insert(0, new Paragraph("A voxel's 90 % interval is its map ± 1.645 standard deviations. "
            + "What they are made of stands in the side-car of each map."));
        blocks.Insert(1, new DataTable("Standard deviations inside the mask",
            ["", "unit", "median", "95 % lie below", "median / median of the map"], rows));
        if (material.Map(OutputMaps.Reliable) is { } reliable)
        {
            blocks.Add(new SliceFigure("Where D* is identifiable (1), by the rule of the protocol", "", 1, stack,
                reliable.Volume, 0, 1));
            blocks.Add(new Paragraph($"D* is identifiable in {Share(ReliableShare(reliable))} of the mapped voxels. "
                + OutputMaps.DescribeReliable(material.Protocol.Uncertainty).Description + "."));
        }
        return new ReportSection("Uncertainty", blocks);
    }

    public static string Share(double share) => ReportWords.Percent(share);

    public static double ReliableShare(ReportMap reliable) =>
        reliable.Sorted.Length == 0 ? double.NaN : reliable.Sorted.Count(value => value > 0)
            / (double)reliable.Sorted.Length;

    private static string Merged(ReportMaterial material) => material.Protocol.MemberCount == 1 ? ""
        : $", {ReportWords.MergeRule(material.Protocol)}";

    private static SliceFigure Figure(string caption, ReportParameter parameter, SliceStack stack, ReportMap map,
        (double Lower, double Upper) range) => new(caption, parameter.Unit, parameter.Scale, stack, map.Volume,
        range.Lower, range.Upper);

    private static string Ground(SliceStack stack) => (stack.HasAnatomy
            ? "In grey, outside of the mask: the scan at its lowest b-value. "
            : "Outside of the mask there is no ground: the scan was not at hand when this page was made. ")
        + (stack.HasDirections
            ? "The patient's right lies at the left, as radiologists look; the letters say which side is which. "
            : "The image does not say which side is left: no letters are drawn. ")
        + "Colours span 96 % of the values; a map and its polished form share them. "
        + "Bright pink marks voxels without a number.";

    private static double Upper(ReportMap map) => Range(0, map.Quantile(HighShare)).Upper;

    /// <summary>A constant map has a bar too.</summary>
    private static (double Lower, double Upper) Range(double lower, double upper)
    {
        if (!double.IsFinite(lower) || !double.IsFinite(upper)) return (0, 1);
        double least = Math.Max(1e-9, 0.01 * Math.Max(Math.Abs(lower), Math.Abs(upper)));
        return upper - lower >= least ? (lower, upper) : (lower - least / 2, upper + least / 2);
    }
}
