namespace Ivim.Physics.Quantities;

/// <summary>A magnitude signal: in the scanner's arbitrary unit, or relative to a reference signal.</summary>
public readonly record struct SignalIntensity
{
    private static readonly PhysicalRange Range = new("a signal intensity", 0, double.MaxValue, "in the image's unit");

    private SignalIntensity(double arbitraryUnits) => ArbitraryUnits = arbitraryUnits;

    public double ArbitraryUnits { get; }

    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public static SignalIntensity FromArbitraryUnits(double arbitraryUnits) =>
        new(Range.Check(arbitraryUnits, nameof(arbitraryUnits)));
}
