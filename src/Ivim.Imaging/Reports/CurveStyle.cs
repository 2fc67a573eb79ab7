using SkiaSharp;

namespace Ivim.Imaging.Reports;

/// <summary>A point of a curve in the picture, with the ends of its interval.</summary>
internal readonly record struct CurvePoint(float X, float Y, float Low, float High);

/// <summary>How the n-th curve looks: twelve hues, then the same with a hollow mark.</summary>
internal readonly record struct CurveStyle(int Index, LineKind Kind)
{
    private const int Hues = 12;

    public bool IsReference => Kind != LineKind.Solid;

    public bool Hollow => Index / Hues % 2 == 1;

    public SKColor Color => IsReference ? new SKColor(0x55, 0x5A, 0x64) : SKColor.FromHsl(Hue, 72, Lightness);

    // A step of five twelfths: neighbours in the legend differ most.
    private float Hue => Index * 5 % Hues * (360f / Hues);

    private float Lightness => Index % 2 == 0 ? 42 : 55;
}
