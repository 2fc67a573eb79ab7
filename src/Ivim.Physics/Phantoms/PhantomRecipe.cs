using System.Globalization;
using Ivim.Physics.Noise;

namespace Ivim.Physics.Phantoms;

public enum PhantomKind
{
    /// <summary>Nested blocks, one constant tissue each.</summary>
    Piecewise,

    /// <summary>
    /// Organ-like shapes; D, f and D* vary smoothly inside each, also from slice to slice. This project's own
    /// phantom.
    /// </summary>
    Smooth,

    /// <summary>A block of voxels that know nothing of each other.</summary>
    Random,
}

/// <summary>Everything that determines a phantom; equal recipes give equal bits.</summary>
public sealed record PhantomRecipe
{
    /// <summary>S0 of a tissue with relative S0 1, before shading.</summary>
    public const double NominalS0 = 1000;

    public required PhantomKind Kind { get; init; }

    /// <summary>Not used by <see cref="PhantomKind.Random"/>.</summary>
    public TissueTable Tissues { get; init; } = TissueTable.Abdomen;

    /// <summary>Voxels along x.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Voxels along y.</summary>
    public int Height { get; init; } = 64;

    /// <summary>Slices, along z.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>One acquired volume each, s/mm², in any order, repeats allowed.</summary>
    public required IReadOnlyList<double> BSecondsPerMm2 { get; init; }

    public NoiseKind Noise { get; init; } = NoiseKind.Rician;

    /// <summary>
    /// <see cref="NominalS0"/> / σ: the signal-to-noise ratio at b = 0 of a tissue with relative S0 1, unshaded.
    /// </summary>
    public double SignalToNoise { get; init; } = 20;

    /// <summary>
    /// Largest relative change of S0 by the smooth receive profile of the coil, 0 to 0.9; 0.3 is common.
    /// </summary>
    public double CoilShading { get; init; }

    /// <summary>How the images are acquired; null where they are sampled voxel by voxel, with independent
    /// noise.</summary>
    public KSpaceRecipe? KSpace { get; init; }

    /// <summary>Chooses the anatomy's variation and, with <see cref="Realisation"/>, the noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Another number gives other noise on the same truth.</summary>
    public ulong Realisation { get; init; }

    public double Sigma => Noise == NoiseKind.None ? 0 : NominalS0 / SignalToNoise;

    /// <exception cref="RefusalException">PHANTOM-RECIPE: a number is outside its range.</exception>
    internal void Check()
    {
        Require(Width is >= 1 and <= 4096, $"width {Width}", "1 to 4096 voxels");
        Require(Height is >= 1 and <= 4096, $"height {Height}", "1 to 4096 voxels");
        Require(Depth is >= 1 and <= 4096, $"depth {Depth}", "1 to 4096 slices");
        Require(BSecondsPerMm2.Count > 0, $"no b-values", "at least one");
        foreach (double b in BSecondsPerMm2) Require(b is >= 0 and <= 100_000, $"b-value {b}", "0 to 100000 s/mm²");
        Require((long)Width * Height * Depth * BSecondsPerMm2.Count <= 1 << 30,
            $"{(long)Width * Height * Depth} voxels times {BSecondsPerMm2.Count} b-values", "at most 2^30 samples");
        Require(Noise == NoiseKind.None || (SignalToNoise > 0 && double.IsFinite(SignalToNoise)),
            $"signal-to-noise ratio {SignalToNoise}", "a number above 0");
        Require(KSpace is null || Noise != NoiseKind.Gaussian, $"gaussian noise of images from k-space",
            "rician noise, or none");
        KSpace?.Check(Width, Height);
        Require(CoilShading is >= 0 and <= 0.9, $"coil shading {CoilShading}", "0 to 0.9");
    }

    private static void Require(bool holds, FormattableString found, string expected)
    {
        if (holds) return;
        throw new RefusalException("PHANTOM-RECIPE", found.ToString(CultureInfo.InvariantCulture), expected,
            "correct the recipe");
    }
}
