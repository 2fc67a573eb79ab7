namespace Ivim.Imaging.Reports.Pages;

/// <summary>The colours of every slice: greys, then the scale.</summary>
internal static class SlicePalette
{
    private const int Scale = 128;

    /// <summary>Where nothing is known of the anatomy.</summary>
    public const byte Blank = SliceStack.Greys;

    /// <summary>Inside the mask, and not a number.</summary>
    public const byte NoNumber = SliceStack.Greys + 1;

    private const byte First = SliceStack.Greys + 2;

    public static byte[] Colors { get; } = Make();

    /// <summary>Of a share of the range, from 0 to 1.</summary>
    public static byte Of(double share) => (byte)(First + (int)Math.Round(Math.Clamp(share, 0, 1) * (Scale - 1)));

    private static byte[] Make()
    {
        var colors = new byte[3 * (First + Scale)];
        for (int i = 0; i < SliceStack.Greys; i++)
            colors.AsSpan(3 * i, 3).Fill((byte)Math.Round(i * 235.0 / (SliceStack.Greys - 1)));
        new byte[] { 0xF1, 0xF2, 0xF5, 0xFF, 0x2D, 0xD2 }.CopyTo(colors, 3 * Blank);
        for (int i = 0; i < Scale; i++)
        {
            var color = ColorScale.Sequential.At(i / (Scale - 1.0));
            (colors[3 * (First + i)], colors[3 * (First + i) + 1], colors[3 * (First + i) + 2]) =
                (color.Red, color.Green, color.Blue);
        }
        return colors;
    }
}
