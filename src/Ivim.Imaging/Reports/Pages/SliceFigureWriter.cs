using System.Globalization;

namespace Ivim.Imaging.Reports.Pages;

/// <summary>Slices side by side, the letters of their sides and the colour bar, in one drawing.</summary>
internal static class SliceFigureWriter
{
    private const double PanelWidth = 280, Gap = 8, BarWidth = 13, BarRoom = 100, Foot = 20, LeastHeight = 90;

    private static readonly string Bar = Data(PalettePng.Encode(SlicePalette.Colors,
        [.. Enumerable.Range(0, 128).Select(i => SlicePalette.Of(1 - i / 127.0))], 1));

    public static void Write(MarkupWriter markup, SliceFigure figure)
    {
        var stack = figure.Stack;
        // A long thin slice must not take the whole page, nor a flat one leave no room for the bar.
        double panelWidth = Math.Min(PanelWidth, 1.4 * PanelWidth / stack.Aspect);
        double panelHeight = panelWidth * stack.Aspect, height = Math.Max(LeastHeight, panelHeight);
        double width = 3 * (PanelWidth + Gap) + BarRoom;
        markup.Open("figure").Element("figcaption", figure.Caption).Line();
        markup.Open("svg", ("viewBox", $"0 0 {Number(width)} {Number(height + Foot)}"),
            ("xmlns", "http://www.w3.org/2000/svg"), ("role", "img")).Line();
        double range = figure.Upper - figure.Lower;
        for (int i = 0; i < stack.Slices.Count; i++)
        {
            double left = i * (panelWidth + Gap);
            var pixels = stack.Paint(i, figure.Values, value => SlicePalette.Of((value - figure.Lower) / range));
            Image(markup, left, 0, panelWidth, panelHeight,
                Data(PalettePng.Encode(SlicePalette.Colors, pixels, stack.Shape.Width)));
            Sides(markup, stack, left, panelWidth, panelHeight);
            ChartFrame.Label(markup, left + panelWidth / 2, height + 14, "middle", string.Create(
                CultureInfo.InvariantCulture, $"slice {stack.Slices[i] + 1} of {stack.Shape.Slices}"));
        }
        ColorBar(markup, figure, stack.Slices.Count * (panelWidth + Gap) + Gap, height);
        markup.Close(2);
    }

    private static void Sides(MarkupWriter markup, SliceStack stack, double left, double width, double height)
    {
        if (!stack.HasDirections) return;
        Side(markup, left + 4, height / 2 + 4, "start", stack.Sides.Left);
        Side(markup, left + width - 4, height / 2 + 4, "end", stack.Sides.Right);
        Side(markup, left + width / 2, 13, "middle", stack.Sides.Top);
        Side(markup, left + width / 2, height - 5, "middle", stack.Sides.Bottom);
    }

    private static void ColorBar(MarkupWriter markup, SliceFigure figure, double left, double height)
    {
        var range = new ValueRange(figure.Lower * figure.DisplayScale, figure.Upper * figure.DisplayScale);
        double top = figure.Unit.Length == 0 ? 6 : 22, length = height - top - 6;
        if (figure.Unit.Length > 0) ChartFrame.Label(markup, left, 11, "start", figure.Unit);
        Image(markup, left, top, BarWidth, length, Bar);
        foreach (double tick in range.Ticks())
        {
            double y = top + (1 - range.Share(tick)) * length;
            ChartFrame.Line(markup, left + BarWidth, y, left + BarWidth + 4, y, "#4a505c");
            ChartFrame.Label(markup, left + BarWidth + 8, y + 4, "start", ChartFrame.Number(tick, range));
        }
    }

    private static void Side(MarkupWriter markup, double x, double y, string anchor, char letter) =>
        markup.Element("text", letter.ToString(), ("class", "side"), ("x", Number(x)), ("y", Number(y)),
            ("text-anchor", anchor));

    private static void Image(MarkupWriter markup, double x, double y, double width, double height, string data) =>
        markup.Empty("image", ("x", Number(x)), ("y", Number(y)), ("width", Number(width)),
            ("height", Number(height)), ("preserveAspectRatio", "none"), ("href", data)).Line();

    private static string Data(byte[] png) => "data:image/png;base64," + Convert.ToBase64String(png);

    private static string Number(double value) => MarkupWriter.Number(value);
}
