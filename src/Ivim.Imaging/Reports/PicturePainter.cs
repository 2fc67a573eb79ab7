using System.Globalization;
using SkiaSharp;

namespace Ivim.Imaging.Reports;

/// <summary>Draws the parts of a picture: texts, a slice in colours, a colour bar with its numbers.</summary>
internal sealed class PicturePainter(SKCanvas canvas) : IDisposable
{
    private static readonly SKColor Ink = new(0x22, 0x26, 0x2E);
    private static readonly SKColor Faint = new(0x6A, 0x70, 0x7C);
    private static readonly SKColor GroundColor = new(0xF1, 0xF2, 0xF5);

    private readonly SKPaint _ink = new() { Color = Ink, IsAntialias = true };
    private readonly SKPaint _faint = new() { Color = Faint, IsAntialias = true, StrokeWidth = 1 };
    private readonly SKPaint _ground = new() { Color = GroundColor, IsAntialias = true };
    private readonly SKFont _heading = PictureFonts.Bold(17);
    private readonly SKFont _symbol = PictureFonts.Bold(22);
    private readonly SKFont _label = PictureFonts.Regular(13);

    public void Clear() => canvas.Clear(SKColors.White);

    public void Title(string text, float x, float baseline) => canvas.DrawText(text, x, baseline, _heading, _ink);

    public void Symbol(string text, float x, float baseline) => canvas.DrawText(text, x, baseline, _symbol, _ink);

    public void Note(string text, float x, float baseline, SKTextAlign align = SKTextAlign.Left) =>
        canvas.DrawText(text, x, baseline, align, _label, _faint);

    public void Ground(SKRect place) => canvas.DrawRoundRect(new SKRoundRect(place, 3), _ground);

    public void Grid(float x0, float y0, float x1, float y1)
    {
        using var paint = new SKPaint { Color = SKColors.White, IsAntialias = true, StrokeWidth = 1.5f };
        canvas.DrawLine(x0, y0, x1, y1, paint);
    }

    /// <summary>A line through points, each with a mark and a bar from its low to its high end.</summary>
    public void Curve(IReadOnlyList<CurvePoint> points, CurveStyle style)
    {
        float dash = style.Kind == LineKind.Dotted ? 2 : 7;
        using var dashes = style.IsReference ? SKPathEffect.CreateDash([dash, 4], 0) : null;
        using var line = new SKPaint
        {
            Color = style.Color, IsAntialias = true, StrokeWidth = 1.8f, IsStroke = true, PathEffect = dashes,
        };
        using var mark = new SKPaint
        {
            Color = style.Color, IsAntialias = true, IsStroke = style.Hollow, StrokeWidth = 1.5f,
        };
        for (int i = 0; i < points.Count; i++)
        {
            var point = points[i];
            if (i > 0) canvas.DrawLine(points[i - 1].X, points[i - 1].Y, point.X, point.Y, line);
            canvas.DrawLine(point.X, point.Low, point.X, point.High, line);
            if (!style.IsReference) canvas.DrawCircle(point.X, point.Y, 3.4f, mark);
        }
    }

    /// <param name="colors">Row by row from the top of the picture; a transparent one lets the ground show.</param>
    public void Slice(SKColor[] colors, int columns, SKRect place)
    {
        Ground(place);
        using var bitmap = new SKBitmap(columns, colors.Length / columns, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.Pixels = colors;
        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    public void ColorBar(ColorScale scale, ValueRange range, SKRect place)
    {
        using var paint = new SKPaint { IsAntialias = false };
        for (float y = 0; y < place.Height; y++)
        {
            paint.Color = scale.At(1 - y / (place.Height - 1));
            canvas.DrawRect(place.Left, place.Top + y, place.Width, 1, paint);
        }
        foreach (double tick in range.Ticks())
        {
            float y = place.Bottom - (float)range.Share(tick) * place.Height;
            canvas.DrawLine(place.Right, y, place.Right + 4, y, _faint);
            Note(Number(tick, range), place.Right + 8, y + 4.5f);
        }
    }

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])[_ink, _faint, _ground, _heading, _symbol, _label]) part.Dispose();
    }

    private static string Number(double tick, ValueRange range)
    {
        double step = (range.Upper - range.Lower) / 4;
        int digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(step)), 0, 6);
        return Math.Round(tick, digits).ToString("F" + digits, CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
