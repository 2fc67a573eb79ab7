using System.Globalization;

namespace Ivim.Physics.Phantoms;

/// <summary>How the images of a phantom are acquired: the part of k-space that is measured, and with how many
/// coils.</summary>
public sealed record KSpaceRecipe
{
    public const int MostCoils = 64;

    /// <summary>Points that are measured along x, at most the phantom's width; the rest is filled with zeros.</summary>
    public required int Width { get; init; }

    /// <summary>As the width, along y.</summary>
    public required int Height { get; init; }

    /// <summary>Receive coils around the body; one coil is equally sensitive everywhere.</summary>
    public int Coils { get; init; } = 1;

    /// <exception cref="RefusalException">PHANTOM-RECIPE: no such part of this phantom's k-space.</exception>
    internal void Check(int width, int height)
    {
        if (Width < 1 || Width > width || Height < 1 || Height > height)
            throw Refused($"an acquired matrix of {Width} x {Height}", $"1 x 1 to {width} x {height} points");
        if (Coils is < 1 or > MostCoils) throw Refused($"{Coils} coils", $"1 to {MostCoils} coils");
    }

    private static RefusalException Refused(FormattableString found, FormattableString expected) => new(
        "PHANTOM-RECIPE", found.ToString(CultureInfo.InvariantCulture),
        expected.ToString(CultureInfo.InvariantCulture), "correct the recipe");
}
