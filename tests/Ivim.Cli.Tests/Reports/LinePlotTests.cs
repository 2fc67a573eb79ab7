using Ivim.Imaging.Reports;
using SkiaSharp;

namespace Ivim.Cli.Tests.Reports;

public sealed class LinePlotTests
{
    [Fact]
    public void The_same_curves_make_the_same_picture_and_every_curve_has_a_colour_of_its_own()
    {
        byte[] png = LinePlot.Render(Content());
        Assert.Equal(png, LinePlot.Render(Content()));
        using var picture = SKBitmap.Decode(png);
        // The legend begins 290 from the right; its lines are 20 apart, the first 8 below the head of 84.
        SKColor[] legend = [.. Enumerable.Range(0, 4).Select(i => picture.GetPixel(picture.Width - 288, 92 + 20 * i))];
        Assert.Distinct(legend);
    }

    private static LinePlotContent Content() => new()
    {
        Title = "errors",
        Across = "signal-to-noise ratio",
        Panels =
        [
            new LinePanel("D", [.. Enumerable.Range(1, 4).Select(i => new LineSeries($"method {i}",
                [new LinePoint(20, i, 0.9 * i, 1.1 * i), new LinePoint(50, 0.5 * i, 0.4 * i, 0.6 * i)],
                i == 4 ? LineKind.Dotted : LineKind.Solid))]),
        ],
    };
}
