using Ivim.Cli.Mapping;
using Ivim.Imaging.Reports;

namespace Ivim.Cli.Benchmark;

/// <summary>The RMSE of every method against the signal-to-noise ratio, a panel for each parameter.</summary>
internal static class BenchmarkPicture
{
    public static string FileName(string phantom) => $"benchmark-{phantom}.png";

    public static byte[] Of(BenchmarkResult result, IGrouping<string, SummaryRow> phantom) =>
        LinePlot.Render(new LinePlotContent
        {
            Title = $"RMSE on the phantom {phantom.Key}",
            Across = "signal-to-noise ratio",
            Panels = [.. CellEvaluation.Parameters.Select(parameter => Panel(result, phantom, parameter))],
        });

    private static LinePanel Panel(
        BenchmarkResult result, IGrouping<string, SummaryRow> phantom, MapParameter parameter)
    {
        double shown = parameter.ShownPerStored;
        var series = phantom.GroupBy(row => row.Method).Select(method => new LineSeries(method.Key,
        [
            .. method.Select(row => (row.SignalToNoise, row.Parameters[parameter.Name].Rmse)).Select(point =>
                new LinePoint(point.SignalToNoise, shown * point.Rmse.Estimate, shown * point.Rmse.Lower,
                    shown * point.Rmse.Upper)),
        ])).ToList();
        series.Add(Reference("constant", phantom.GroupBy(row => row.SignalToNoise).Select(rows =>
            (rows.Key, rows.First().Parameters[parameter.Name].ConstantRmse)), LineKind.Dashed));
        if (BenchmarkPhantom.Named(phantom.Key).IsRandom && result.LeastErrors.Count > 0)
            series.Add(Reference("least possible",
                result.LeastErrors.Select(entry => (entry.Key, entry.Value[parameter.Name])), LineKind.Dotted));
        return new LinePanel(parameter.Heading, series);

        LineSeries Reference(string name, IEnumerable<(double Snr, double Rmse)> points, LineKind kind) => new(name,
            [.. points.Select(point => (point.Snr, Shown: shown * point.Rmse))
                .Select(point => new LinePoint(point.Snr, point.Shown, point.Shown, point.Shown))], kind);
    }
}
