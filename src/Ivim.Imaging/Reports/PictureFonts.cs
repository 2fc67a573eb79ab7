using SkiaSharp;

namespace Ivim.Imaging.Reports;

/// <summary>The typefaces inside this assembly, because a container without fonts would draw no text at all.</summary>
internal static class PictureFonts
{
    private static readonly Lazy<SKTypeface> Plain = new(() => Load("DejaVuSans.ttf"));
    private static readonly Lazy<SKTypeface> Heavy = new(() => Load("DejaVuSans-Bold.ttf"));

    /// <returns>Disposed by the caller.</returns>
    public static SKFont Regular(float pixels) => Sized(Plain.Value, pixels);

    /// <returns>Disposed by the caller.</returns>
    public static SKFont Bold(float pixels) => Sized(Heavy.Value, pixels);

    private static SKFont Sized(SKTypeface typeface, float pixels) =>
        new(typeface, pixels) { Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None, Subpixel = true };

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(PictureFonts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"{name} is not a font");
    }
}
