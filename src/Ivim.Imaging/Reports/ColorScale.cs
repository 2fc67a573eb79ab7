using SkiaSharp;

namespace Ivim.Imaging.Reports;

/// <summary>Colours for numbers from 0 to 1, curves in OKLab: equal steps look equal, also in a grey print.</summary>
/// <remarks>Transform: B. Ottosson, "A perceptual color space for image processing" (2020).</remarks>
internal sealed class ColorScale
{
    private const int Steps = 256;
    private readonly SKColor[] _colors;

    private ColorScale(Func<double, (double Lightness, double Chroma, double HueDegrees)> curve) =>
        _colors = [.. Enumerable.Range(0, Steps).Select(step => InGamut(curve(step / (Steps - 1.0))))];

    /// <summary>Dark violet, blue, green, yellow: lightness rises evenly.</summary>
    public static ColorScale Sequential { get; } = new(t =>
        (0.24 + 0.68 * t, 0.125 + 0.055 * t, 305 - 200 * t));

    /// <summary>Blue below, near white in the middle, red above: both arms darken evenly.</summary>
    public static ColorScale Diverging { get; } = new(t =>
        (0.97 - 0.5 * Math.Abs(2 * t - 1), 0.19 * Math.Abs(2 * t - 1), t < 0.5 ? 255 : 27));

    /// <summary>The colour of a share of the range; what lies outside takes the nearer end.</summary>
    public SKColor At(double share) => _colors[(int)Math.Round(Math.Clamp(share, 0, 1) * (Steps - 1))];

    /// <summary>The nearest colour of the same lightness and hue that a screen can show.</summary>
    private static SKColor InGamut((double Lightness, double Chroma, double HueDegrees) wanted)
    {
        double angle = wanted.HueDegrees * Math.PI / 180, chroma = wanted.Chroma;
        while (true)
        {
            var (red, green, blue) = LinearRgb(wanted.Lightness, chroma * Math.Cos(angle), chroma * Math.Sin(angle));
            double least = Math.Min(red, Math.Min(green, blue)), most = Math.Max(red, Math.Max(green, blue));
            if (least >= -1e-6 && most <= 1 + 1e-6)
                return new SKColor(Gamma(red), Gamma(green), Gamma(blue));
            chroma = Math.Max(0, chroma - 0.001);
        }
    }

    private static (double Red, double Green, double Blue) LinearRgb(double lightness, double a, double b)
    {
        double l = Cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = Cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = Cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static double Cube(double value) => value * value * value;

    /// <summary>The sRGB transfer curve, IEC 61966-2-1.</summary>
    private static byte Gamma(double linear)
    {
        double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;
        return (byte)Math.Round(255 * Math.Clamp(value, 0, 1));
    }
}
