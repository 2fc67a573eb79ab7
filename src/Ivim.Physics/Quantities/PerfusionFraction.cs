namespace Ivim.Physics.Quantities;

/// <summary>f, the part of the signal at b = 0 that comes from perfused water: 0 to 1, never per cent.</summary>
public readonly record struct PerfusionFraction
{
    private static readonly PhysicalRange Range = new("a perfusion fraction", 0, 1, "(a fraction, not per cent)");

    private PerfusionFraction(double fraction) => Fraction = fraction;

    public double Fraction { get; }

    /// <exception cref="ArgumentOutOfRangeException">Not within 0 to 1.</exception>
    public static PerfusionFraction FromFraction(double fraction) => new(Range.Check(fraction, nameof(fraction)));
}
