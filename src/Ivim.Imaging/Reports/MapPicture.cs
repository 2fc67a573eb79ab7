using SkiaSharp;

namespace Ivim.Imaging.Reports;

/// <summary>A PNG of one slice: a row for each parameter with its truth, its estimate and their difference.</summary>
/// <remarks>Truth and estimate of a row share one colour range, taken from the truth where there is one.</remarks>
public static class MapPicture
{
    private const int LongEdge = 300, Margin = 24, Head = 84, LabelWidth = 96, BarWidth = 12, BarRoom = 76, Gap = 14;

    /// <returns>The bytes of a PNG file.</returns>
    /// <exception cref="Ivim.Physics.RefusalException">The wanted slice does not exist.</exception>
    public static byte[] Render(MapPictureContent content)
    {
        content.Check();
        var (panelWidth, panelHeight) = PanelSize(content);
        int shared = content.ShowsTruth ? 2 : 1;
        int width = Margin + LabelWidth + shared * (panelWidth + Gap) + BarRoom
            + (content.ShowsTruth ? panelWidth + Gap + BarRoom : 0) + Margin;
        int height = Head + content.Rows.Count * (panelHeight + Gap) + Margin - Gap;
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new InvalidOperationException("no surface to draw on");
        using var painter = new PicturePainter(surface.Canvas);
        painter.Clear();
        DrawHead(painter, content, panelWidth);
        for (int row = 0; row < content.Rows.Count; row++)
        {
            var place = SKRect.Create(Margin + LabelWidth, Head + row * (panelHeight + Gap), panelWidth, panelHeight);
            DrawRow(painter, content, content.Rows[row], place);
        }
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static (int Width, int Height) PanelSize(MapPictureContent content)
    {
        double width = content.Size.X * content.SpacingMm.X, height = content.Size.Y * content.SpacingMm.Y;
        double scale = LongEdge / Math.Max(width, height);
        return (Math.Max(16, (int)Math.Round(width * scale)), Math.Max(16, (int)Math.Round(height * scale)));
    }

    private static void DrawHead(PicturePainter painter, MapPictureContent content, int panelWidth)
    {
        painter.Title(content.Title, Margin, 36);
        painter.Note($"slice {content.ShownSlice + 1} of {content.Size.Z}", Margin, Head - 12);
        float x = Margin + LabelWidth + panelWidth / 2f;
        string[] headings = content.ShowsTruth ? ["truth", "estimate", "estimate − truth"] : ["estimate"];
        for (int column = 0; column < headings.Length; column++)
        {
            float barRoom = column == 2 ? BarRoom : 0;
            painter.Note(headings[column], x + column * (panelWidth + Gap) + barRoom, Head - 12, SKTextAlign.Center);
        }
    }

    private static void DrawRow(PicturePainter painter, MapPictureContent content, MapPictureRow row, SKRect place)
    {
        painter.Symbol(row.Parameter, Margin, place.MidY);
        painter.Note(row.Unit, Margin, place.MidY + 22);
        double[] estimate = Displayed(content, row.Estimate, row.DisplayScale);
        double[]? truth = row.Truth is { } known ? Displayed(content, known, row.DisplayScale) : null;
        var range = ValueRange.Of(truth ?? estimate);
        if (truth is not null) painter.Slice(Colors(truth, range, ColorScale.Sequential), content.Size.X, place);
        float step = place.Width + Gap;
        if (content.ShowsTruth) place.Offset(step, 0);
        painter.Slice(Colors(estimate, range, ColorScale.Sequential), content.Size.X, place);
        painter.ColorBar(ColorScale.Sequential, range, BarBeside(place));
        if (truth is null) return;
        double[] error = [.. estimate.Zip(truth, (found, real) => found - real)];
        var errorRange = ValueRange.AroundZero(error);
        place.Offset(step + BarRoom, 0);
        painter.Slice(Colors(error, errorRange, ColorScale.Diverging), content.Size.X, place);
        painter.ColorBar(ColorScale.Diverging, errorRange, BarBeside(place));
    }

    private static SKRect BarBeside(SKRect panel) =>
        SKRect.Create(panel.Right + Gap, panel.Top, BarWidth, panel.Height);

    /// <summary>The shown slice in display units, row by row from the top; NaN where it stays blank.</summary>
    private static double[] Displayed(MapPictureContent content, float[] volume, double scale)
    {
        var shown = new double[content.SliceLength];
        int columns = content.Size.X, rows = content.Size.Y, start = content.ShownSlice * content.SliceLength;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                int row = content.Orientation.LastRowTop ? rows - 1 - y : y;
                int voxel = start + row * columns + (content.Orientation.LastColumnLeft ? columns - 1 - x : x);
                bool inside = content.Mask is not { } mask || mask[voxel];
                shown[y * columns + x] = inside ? volume[voxel] * scale : double.NaN;
            }
        }
        return shown;
    }

    private static SKColor[] Colors(double[] values, ValueRange range, ColorScale scale) =>
        [.. values.Select(value => double.IsFinite(value) ? scale.At(range.Share(value)) : SKColors.Transparent)];
}
