using System.Text;

namespace Ivim.Imaging.Reports.Pages;

/// <summary>Charts as vector graphics.</summary>
internal static class ChartWriter
{
    private static readonly string[] Colors = ["#2f6db3", "#d1571f", "#3b8f4e", "#7a4fa3", "#5a606c"];

    public static void Write(MarkupWriter markup, Chart chart)
    {
        ChartFrame.Open(markup);
        switch (chart)
        {
            case HistogramChart histogram: Histogram(markup, histogram); break;
            case CurveChart curves: Curves(markup, curves); break;
            case StripChart strips: StripWriter.Write(markup, strips); break;
            default: throw new ArgumentException($"no drawing for a {chart.GetType().Name}", nameof(chart));
        }
        markup.Close();
    }

    private static void Histogram(MarkupWriter markup, HistogramChart chart)
    {
        int bins = chart.Groups.Max(group => group.Shares.Count);
        double most = chart.Groups.SelectMany(group => group.Shares).DefaultIfEmpty(0).Max();
        var across = new ValueRange(chart.Lower, chart.Lower + bins * chart.BinWidth);
        var frame = new ChartFrame(across, new ValueRange(0, most > 0 ? 100 * most * 1.08 : 1));
        frame.Axes(markup, chart.Across + ";  voxels in %");
        for (int i = 0; i < chart.Groups.Count; i++)
        {
            var path = new StringBuilder();
            Step(path, 'M', frame.X(chart.Lower), ChartFrame.Floor);
            for (int bin = 0; bin < chart.Groups[i].Shares.Count; bin++)
            {
                double height = frame.Y(100 * chart.Groups[i].Shares[bin]);
                Step(path, 'L', frame.X(chart.Lower + bin * chart.BinWidth), height);
                Step(path, 'L', frame.X(chart.Lower + (bin + 1) * chart.BinWidth), height);
            }
            Step(path, 'L', frame.X(across.Upper), ChartFrame.Floor);
            markup.Empty("path", ("d", path.ToString()), ("fill", i == 0 ? Colors[i] : "none"),
                ("fill-opacity", "0.45"), ("stroke", Colors[i]), ("stroke-width", "1.4"));
        }
        if (chart.Groups.Count > 1) Legend(markup, chart.Groups.Select(group => group.Name));
    }

    private static void Curves(MarkupWriter markup, CurveChart chart)
    {
        var points = chart.Lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.Y)).ToArray();
        var across = Range(points.Select(point => point.X), fromZero: false);
        var up = Range(points.Select(point => point.Y).Append(chart.Level ?? double.NaN), chart.FromZero);
        var frame = new ChartFrame(across, up);
        frame.Axes(markup, chart.Across);
        if (chart.Level is { } level)
            ChartFrame.Line(markup, frame.X(across.Lower), frame.Y(level), frame.X(across.Upper), frame.Y(level),
                "#5a606c", "4 3");
        for (int i = 0; i < chart.Lines.Count; i++) Curve(markup, frame, chart.Lines[i], Colors[i % Colors.Length]);
        if (chart.Lines.Count > 1) Legend(markup, chart.Lines.Select(line => line.Name));
    }

    private static void Curve(MarkupWriter markup, ChartFrame frame, CurveLine line, string color)
    {
        var shown = line.Points.Where(point => double.IsFinite(point.Y)).ToArray();
        if (line.Mark != CurveMark.Points && shown.Length > 1)
        {
            var path = new StringBuilder();
            for (int i = 0; i < shown.Length; i++)
                Step(path, i == 0 ? 'M' : 'L', frame.X(shown[i].X), frame.Y(shown[i].Y));
            markup.Empty("path", ("d", path.ToString()), ("fill", "none"), ("stroke", color), ("stroke-width", "1.6"));
        }
        if (line.Mark == CurveMark.Line) return;
        foreach (var (x, y) in shown)
            markup.Empty("circle", ("cx", MarkupWriter.Number(frame.X(x))), ("cy", MarkupWriter.Number(frame.Y(y))),
                ("r", "3"), ("fill", color));
    }

    /// <summary>With a little room at both ends.</summary>
    internal static ValueRange Range(IEnumerable<double> values, bool fromZero)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0) return new ValueRange(0, 1);
        double lower = finite.Min(), upper = finite.Max();
        if (fromZero) (lower, upper) = (Math.Min(lower, 0), Math.Max(upper, 0));
        double room = upper > lower ? 0.06 * (upper - lower) : Math.Max(1e-3, 0.1 * Math.Abs(upper));
        return new ValueRange(fromZero && lower == 0 ? 0 : lower - room, upper + room);
    }

    private static void Legend(MarkupWriter markup, IEnumerable<string> names) =>
        ChartFrame.Legend(markup, [.. names.Select((name, i) => (name, Colors[i % Colors.Length]))]);

    private static void Step(StringBuilder path, char command, double x, double y) =>
        path.Append(command).Append(MarkupWriter.Number(x)).Append(' ').Append(MarkupWriter.Number(y));
}
