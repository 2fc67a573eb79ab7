using Ivim.Actors.Stages;
using Ivim.Imaging.Reports.Pages;
using Ivim.Physics.Evaluation;
using static Ivim.Actors.Reports.ReportWords;

namespace Ivim.Actors.Reports;

/// <summary>How the values of each parameter are distributed, over the mask and over regions.</summary>
internal static class ValueSections
{
    private const int Bins = 48;

    /// <summary>This near to a bound, as a share of the width, a value counts as at the bound.</summary>
    private const double NearBound = 0.01;

    private static readonly string[] Kinds = ["", OutputMaps.PolishedSuffix];

    public static ReportSection Histograms(ReportMaterial material) => new("Histograms",
        [new ChartRow([.. ReportParameter.All.Select(parameter => Histogram(material, parameter)).OfType<Chart>()])]);

    public static ReportSection Regions(ReportMaterial material)
    {
        var rows = new List<IReadOnlyList<TableCell>>();
        AddRegion(rows, material, "whole mask", null);
        if (material.Regions is { } regions)
        {
            foreach (int label in regions.Labels.Where((_, voxel) => material.Mask[voxel]).Distinct().Order()
                .Where(label => label != 0))
            {
                int[] voxels = [.. material.Voxels.Where(voxel => regions.Labels[voxel] == label)];
                AddRegion(rows, material, regions.Names.GetValueOrDefault(label, $"label {label}"), voxels);
            }
        }
        return new ReportSection("Regions and published values",
        [
            new DataTable("Values inside the mask", ["region", "voxels", "parameter", "median",
                "25 to 75 %", "5 to 95 %", "published"], rows),
            new Paragraph("Published means are for orientation: they depend on the b-values, the field strength and "
                + "the fit, D* most of all. A value near them is not proven right by that. "
                + (material.Regions is null ? "Regions come from a label image: `ivim report --roi`." : "")),
            new DataTable("Published means, D and D* in 10⁻³ mm²/s",
                ["tissue", "D", "f", "D*", "source", "numbers taken from"],
                [.. PublishedTissue.All.Select(Published)]),
            new ReferenceList([.. PublishedTissue.All.Select(known => new Reference(known.Source + ".", known.Doi))
                .Distinct()]),
        ]);
    }

    public static ReportSection Bounds(ReportMaterial material)
    {
        var rows = new List<IReadOnlyList<TableCell>>();
        foreach (var parameter in ReportParameter.All)
        {
            foreach (string kind in Kinds)
            {
                if (ShareAtBounds(material, parameter, kind) is not { } share) continue;
                var bounds = parameter.Bounds!(material.Protocol.Bounds);
                rows.Add([parameter.Symbol + (kind.Length == 0 ? "" : ", polished"),
                    $"{parameter.Show(bounds.Lower)} to {parameter.Show(bounds.Upper)} {parameter.Unit}",
                    Percent(share.Lower), Percent(share.Upper)]);
            }
        }
        return new ReportSection("Voxels at bounds",
        [
            new DataTable("Share of the mapped voxels within 1 % of the width from a bound",
                ["", "bounds", "at the lower", "at the upper"], rows),
        ]);
    }

    /// <returns>Null where the parameter has no such map, or no bounds of its own.</returns>
    public static (double Lower, double Upper)? ShareAtBounds(
        ReportMaterial material, ReportParameter parameter, string kind)
    {
        if (parameter.Bounds is null || material.Map(parameter.Name + kind) is not { Sorted.Length: > 0 } map)
            return null;
        var bounds = parameter.Bounds(material.Protocol.Bounds);
        double near = NearBound * (bounds.Upper - bounds.Lower), all = map.Sorted.Length;
        return (map.Sorted.Count(value => value < bounds.Lower + near) / all,
            map.Sorted.Count(value => value > bounds.Upper - near) / all);
    }

    private static HistogramChart? Histogram(ReportMaterial material, ReportParameter parameter)
    {
        if (material.Map(parameter.Name) is not { Sorted.Length: > 0 } plain) return null;
        double lower = plain.Quantile(0.005), upper = plain.Quantile(0.995);
        if (upper <= lower) (lower, upper) = (lower - 1e-6, upper + Math.Max(1e-6, Math.Abs(upper) * 0.01));
        double width = (upper - lower) / Bins;
        var groups = new List<HistogramGroup> { new("not polished", Shares(plain, lower, width)) };
        if (material.Map(parameter.Name + OutputMaps.PolishedSuffix) is { } polished)
            groups.Add(new HistogramGroup("polished", Shares(polished, lower, width)));
        return new HistogramChart($"{parameter.Symbol}, {parameter.Meaning}", parameter.WithUnit,
            lower * parameter.Scale, width * parameter.Scale, groups);
    }

    /// <summary>What lies outside counts in the first or last bin.</summary>
    private static double[] Shares(ReportMap map, double lower, double width)
    {
        var shares = new double[Bins];
        foreach (float value in map.Sorted)
            shares[(int)Math.Clamp((value - lower) / width, 0, Bins - 1)] += 1.0 / map.Sorted.Length;
        return shares;
    }

    private static void AddRegion(
        List<IReadOnlyList<TableCell>> rows, ReportMaterial material, string name, int[]? voxels)
    {
        var published = PublishedTissue.Of(name).ToList();
        foreach (var parameter in ReportParameter.All)
        {
            foreach (string kind in Kinds)
            {
                if (material.Map(parameter.Name + kind) is not { } map) continue;
                float[] sorted = voxels is null ? map.Sorted : ReportMap.Sort(map.Volume, voxels);
                string Show(double share) => parameter.Show(ReportMap.Quantile(sorted, share));
                rows.Add([name, Count(sorted.Length),
                    parameter.WithUnit + (kind.Length == 0 ? "" : ", polished"), Show(0.5),
                    $"{Show(0.25)} to {Show(0.75)}", $"{Show(0.05)} to {Show(0.95)}",
                    string.Join("; ", published.Select(known => Of(known, parameter)))]);
            }
        }
    }

    private static string Of(PublishedTissue known, ReportParameter parameter) => parameter.Name switch
    {
        "D" => parameter.Show(known.D),
        "f" => parameter.Show(known.F),
        "Dstar" => parameter.Show(known.DStar),
        _ => "–",
    };

    private static IReadOnlyList<TableCell> Published(PublishedTissue known) =>
    [
        known.Name, Number(known.D * 1000, "0.00"), Number(known.F, "0.000"), Number(known.DStar * 1000, "0.0"),
        known.Source, known.Through,
    ];
}
