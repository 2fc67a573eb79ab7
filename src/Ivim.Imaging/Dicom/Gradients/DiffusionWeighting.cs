using Ivim.Imaging.Dicom.Geometry;

namespace Ivim.Imaging.Dicom.Gradients;

/// <summary>The axes in which a direction is given.</summary>
public enum DirectionAxes
{
    /// <summary>Left, posterior, superior.</summary>
    Patient,

    /// <summary>Along the row, along the column, along their cross product.</summary>
    Image,
}

/// <summary>What the elements of one frame say of its diffusion weighting.</summary>
/// <param name="BSecondsPerMm2">As reported; null where nothing says it.</param>
/// <param name="Direction">Null where there is none.</param>
/// <param name="IsIsotropic">A trace image: weighted alike in all directions.</param>
/// <param name="Doubt">What contradicts itself, in words for a refusal; null where nothing does.</param>
public sealed record DiffusionWeighting(
    double? BSecondsPerMm2, Vector? Direction = null, DirectionAxes Axes = DirectionAxes.Patient,
    bool IsIsotropic = false, string? Doubt = null)
{
    /// <summary>Below it a vector is no direction: scanners write zeros.</summary>
    private const double ShortestDirection = 0.01;

    public static DiffusionWeighting NotKnown { get; } = new((double?)null);

    /// <summary>Without a direction at b = 0, whose vectors mean nothing, and without one of no length.</summary>
    public DiffusionWeighting Tidied() => this with
    {
        BSecondsPerMm2 = BSecondsPerMm2 is >= 0 and <= 100_000 ? BSecondsPerMm2 : null,
        Direction = Direction is { IsFinite: true } d && d.Length >= ShortestDirection && !IsUnweighted
            ? d
            : null,
        IsIsotropic = IsIsotropic && !IsUnweighted,
    };

    private bool IsUnweighted => BSecondsPerMm2 is { } b && b <= Physics.BValueTable.ZeroToleranceSecondsPerMm2;

    /// <summary>Two elements that should say the same b.</summary>
    public static bool Agree(double a, double b) => Math.Abs(a - b) <= Math.Max(1, 0.01 * Math.Max(a, b));
}
