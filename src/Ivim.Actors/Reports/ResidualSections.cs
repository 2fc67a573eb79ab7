using Ivim.Imaging.Reports.Pages;
using static Ivim.Actors.Reports.ReportWords;

namespace Ivim.Actors.Reports;

/// <summary>What the maps leave of the signals, and how networks agree.</summary>
internal static class ResidualSections
{
    /// <summary>Evenly spaced voxels that residuals over b are taken from: more would show the same.</summary>
    private const int MostVoxels = 4000;

    private const string NoSignals =
        "The signals are not known: the work folder was not at hand when this page was made.";

    public static ReportSection Residuals(ReportMaterial material)
    {
        var blocks = new List<ReportBlock>();
        var charts = new List<Chart>();
        if (material.Map("rmse") is { } rmse)
        {
            blocks.Add(new FactList([
                new("Residual, median", Number(rmse.Median, "0.0000")),
                new("95 % of voxels lie below", Number(rmse.Quantile(0.95), "0.0000")),
            ]));
            var slices = BySlice(material, rmse);
            if (slices.Count > 1)
                charts.Add(new CurveChart("Residual by slice: mean over voxels", "slice",
                    [new CurveLine("mean", slices, CurveMark.LineWithPoints)]));
        }
        if (material.Signals is { } signals && material.Voxels.Length > 0) charts.AddRange(ByBValue(material, signals));
        else blocks.Add(new Paragraph(NoSignals));
        if (charts.Count > 0) blocks.Add(new ChartRow(charts));
        return new ReportSection("Residuals", blocks);
    }

    /// <summary>Null where the protocol merges no networks.</summary>
    public static ReportSection? Seeds(ReportMaterial material)
    {
        if (!material.Protocol.Learns || material.Protocol.MemberCount == 1) return null;
        if (material.Signals is not { } signals)
            return new ReportSection("Agreement of seeds", [new Paragraph(NoSignals)]);
        if (signals.Spread is not { } spread)
            return new ReportSection("Agreement of seeds",
                [new Paragraph("Not known: the maps are those of one network, in a slab at least.")]);
        var rows = new List<IReadOnlyList<TableCell>>();
        foreach (var parameter in ReportParameter.All.Where(parameter => parameter.Bounds is not null))
        {
            float[] deviations = parameter.Of(spread), sorted = [.. deviations.Where(float.IsFinite)];
            Array.Sort(sorted);
            var map = material.Map(parameter.Name)!;
            double mean = map.Sorted.Length == 0 ? double.NaN : map.Sorted.Average(value => (double)value);
            rows.Add([parameter.WithUnit, parameter.Show(ReportMap.Quantile(sorted, 0.5)),
                parameter.Show(ReportMap.Quantile(sorted, 0.95)),
                Percent(sorted.Length == 0 ? double.NaN : sorted.Average(value => (double)value) / mean)]);
        }
        return new ReportSection("Agreement of seeds",
        [
            new DataTable("Standard deviation over the networks that were merged, inside the mask",
                ["", "median", "95 % lie below", "mean / mean of the map"], rows),
            new Paragraph("Networks that differ by their random start alone agree where the last column is small; "
                + "Kaandorp et al. 2021 call a measure like it CV_net. What they have wrong in common is not in it."),
        ]);
    }

    public static ReportSection Fits(ReportMaterial material) => new("Fits of example voxels",
        material.Signals is not { } signals || material.Voxels.Length == 0 ? [new Paragraph(NoSignals)] :
        [
            new Paragraph("Points: signals that were fitted, relative to the reference. Lines: the model at the maps."),
            new ChartRow([.. ExampleVoxels.Of(material).Select(example =>
                ExampleVoxels.Chart(material, signals, example))]),
        ]);

    private static List<(double, double)> BySlice(ReportMaterial material, ReportMap rmse)
    {
        int slice = material.Header.Shape.Width * material.Header.Shape.Height;
        return [.. material.Voxels.GroupBy(voxel => voxel / slice).Select(voxels =>
            ((double)voxels.Key + 1, voxels.Average(voxel => (double)rmse.Volume[voxel])))];
    }

    private static IEnumerable<Chart> ByBValue(ReportMaterial material, ReportSignals signals)
    {
        var b = signals.Frame.BValues.SecondsPerMm2;
        int step = Math.Max(1, (material.Voxels.Length + MostVoxels - 1) / MostVoxels);
        var (mean, square) = (new double[b.Length], new double[b.Length]);
        int voxels = 0;
        for (int i = 0; i < material.Voxels.Length; i += step)
        {
            var model = VoxelModel.Of(material, signals, i, "");
            if (!model.IsFinite) continue;
            voxels++;
            for (int k = 0; k < b.Length; k++)
            {
                double residual = signals.Signals[i * b.Length + k] - model.At(b[k]);
                mean[k] += residual;
                square[k] += residual * residual;
            }
        }
        if (voxels == 0) yield break;
        string of = $"{Count(voxels)} voxels";
        yield return new CurveChart($"Residual by b, {of}: root mean square", "b [s/mm²]",
            [new CurveLine("rms", [.. b.Select((x, k) => (x, Math.Sqrt(square[k] / voxels)))],
                CurveMark.LineWithPoints)]);
        yield return new CurveChart($"Residual by b, {of}: mean (signal − model)", "b [s/mm²]",
            [new CurveLine("mean", [.. b.Select((x, k) => (x, mean[k] / voxels))], CurveMark.LineWithPoints)],
            FromZero: true, Level: 0);
    }
}
