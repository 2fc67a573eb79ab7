using System.Globalization;

namespace Ivim.Imaging.Reports.Pages;

/// <summary>Axes with ticks around a rectangle, and where a number lies in it.</summary>
internal sealed class ChartFrame(ValueRange across, ValueRange up)
{
    public const int Width = 440, Height = 232;
    private const int Left = 48, Right = 18, Top = 8, Bottom = 42;

    public static double Floor => Height - Bottom;

    public static double PlotWidth => Width - Left - Right;

    public double X(double value) => Left + Math.Clamp(across.Share(value), 0, 1) * PlotWidth;

    public double Y(double value) => Floor - Math.Clamp(up.Share(value), 0, 1) * (Floor - Top);

    public static MarkupWriter Open(MarkupWriter markup) => markup.Open("svg", ("viewBox", $"0 0 {Width} {Height}"),
        ("xmlns", "http://www.w3.org/2000/svg"), ("role", "img"));

    public void Axes(MarkupWriter markup, string words, bool withTicksAcross = true)
    {
        Line(markup, Left, Floor, Width - Right, Floor, "#8a909c");
        foreach (double tick in up.Ticks())
        {
            Line(markup, Left, Y(tick), Width - Right, Y(tick), "#e7e9ed");
            Label(markup, Left - 6, Y(tick) + 4, "end", Number(tick, up));
        }
        if (withTicksAcross)
        {
            foreach (double tick in across.Ticks())
            {
                Line(markup, X(tick), Floor, X(tick), Floor + 4, "#8a909c");
                Label(markup, X(tick), Floor + 17, "middle", Number(tick, across));
            }
        }
        Label(markup, Left + PlotWidth / 2, Height - 8, "middle", words);
    }

    public static void Line(MarkupWriter markup, double x0, double y0, double x1, double y1, string color,
        string dashes = "none") => markup.Empty("line", ("x1", MarkupWriter.Number(x0)),
        ("y1", MarkupWriter.Number(y0)), ("x2", MarkupWriter.Number(x1)), ("y2", MarkupWriter.Number(y1)),
        ("stroke", color), ("stroke-dasharray", dashes));

    public static void Label(MarkupWriter markup, double x, double y, string anchor, string text) =>
        markup.Element("text", text,
            ("x", MarkupWriter.Number(x)), ("y", MarkupWriter.Number(y)), ("text-anchor", anchor));

    /// <summary>Names of lines in the upper right corner, one below the other.</summary>
    public static void Legend(MarkupWriter markup, IReadOnlyList<(string Name, string Color)> entries)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            double y = Top + 8 + 14 * i;
            markup.Empty("rect", ("x", MarkupWriter.Number(Width - Right - 9)), ("y", MarkupWriter.Number(y - 8)),
                ("width", "9"), ("height", "9"), ("fill", entries[i].Color));
            Label(markup, Width - Right - 14, y, "end", entries[i].Name);
        }
    }

    public static string Number(double tick, ValueRange range)
    {
        double step = range.TickStep;
        int digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 6);
        return Math.Round(tick, digits).ToString("F" + digits, CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
