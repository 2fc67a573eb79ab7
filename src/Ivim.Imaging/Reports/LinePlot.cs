using System.Globalization;
using SkiaSharp;

namespace Ivim.Imaging.Reports;

/// <summary>A PNG of curves with intervals on logarithmic axes, one panel beside the other, and a legend.</summary>
public static class LinePlot
{
    private const int PanelWidth = 300, PanelHeight = 320, Margin = 24, Head = 84, Foot = 60, AxisRoom = 62, Row = 20;
    private const int LegendWidth = 290;

    /// <returns>The bytes of a PNG file.</returns>
    public static byte[] Render(LinePlotContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        string[] names = [.. content.Panels.SelectMany(panel => panel.Series).Select(series => series.Name).Distinct()];
        int width = Margin + content.Panels.Count * (AxisRoom + PanelWidth) + Margin + LegendWidth;
        int height = Math.Max(Head + PanelHeight + Foot, Head + names.Length * Row + Margin);
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new InvalidOperationException("no surface to draw on");
        using var painter = new PicturePainter(surface.Canvas);
        painter.Clear();
        painter.Title(content.Title, Margin, 36);
        var across = LogAxis.Over(content.Panels.SelectMany(panel => panel.Series)
            .SelectMany(series => series.Points).Select(point => point.X));
        for (int i = 0; i < content.Panels.Count; i++)
        {
            float left = Margin + AxisRoom + i * (AxisRoom + PanelWidth);
            DrawPanel(painter, content.Panels[i], across, SKRect.Create(left, Head, PanelWidth, PanelHeight), names);
            painter.Note(content.Across, left + PanelWidth / 2f, Head + PanelHeight + 44, SKTextAlign.Center);
        }
        DrawLegend(painter, content, names, width - LegendWidth);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static void DrawPanel(
        PicturePainter painter, LinePanel panel, LogAxis across, SKRect place, string[] names)
    {
        painter.Note(panel.Heading, place.Left, place.Top - 12);
        painter.Ground(place);
        var up = LogAxis.Over(panel.Series.SelectMany(series => series.Points).Select(point => point.Y));
        foreach (double tick in up.Ticks())
        {
            float y = place.Bottom - up.Share(tick) * place.Height;
            painter.Grid(place.Left, y, place.Right, y);
            painter.Note(Number(tick), place.Left - 6, y + 4.5f, SKTextAlign.Right);
        }
        double[] shown = [.. panel.Series.SelectMany(series => series.Points).Select(point => point.X).Distinct()];
        foreach (double tick in shown)
        {
            float x = place.Left + across.Share(tick) * place.Width;
            painter.Grid(x, place.Top, x, place.Bottom);
            painter.Note(Number(tick), x, place.Bottom + 20, SKTextAlign.Center);
        }
        foreach (var series in panel.Series)
        {
            var points = series.Points.OrderBy(point => point.X).Select(point => new CurvePoint(
                place.Left + across.Share(point.X) * place.Width,
                Inside(up.Share(point.Y)), Inside(up.Share(point.Lower)), Inside(up.Share(point.Upper)))).ToArray();
            painter.Curve(points, Style(names, series));
        }

        float Inside(float share) => place.Bottom - Math.Clamp(share, 0, 1) * place.Height;
    }

    private static void DrawLegend(PicturePainter painter, LinePlotContent content, string[] names, float left)
    {
        for (int i = 0; i < names.Length; i++)
        {
            float y = Head + i * Row + 8;
            var series = content.Panels.SelectMany(panel => panel.Series).First(series => series.Name == names[i]);
            painter.Curve([new CurvePoint(left, y, y, y), new CurvePoint(left + 34, y, y, y)], Style(names, series));
            painter.Note(names[i], left + 44, y + 4.5f);
        }
    }

    private static CurveStyle Style(string[] names, LineSeries series) =>
        new(Array.IndexOf(names, series.Name), series.Kind);

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
