namespace Ivim.Physics.Quantities;

/// <summary>A diffusivity: D of tissue water, or D* of the water that perfusion moves.</summary>
/// <remarks>
/// Range 0 to 1 mm²/s: free water at 37 °C has 3e-3, and 1.2 stands for a value that was meant in 1e-3 mm²/s.
/// </remarks>
public readonly record struct Diffusivity : IComparable<Diffusivity>
{
    private static readonly PhysicalRange Range = new("a diffusivity", 0, 1, "mm²/s");

    private Diffusivity(double mm2PerSecond) => Mm2PerSecond = mm2PerSecond;

    public double Mm2PerSecond { get; }

    /// <exception cref="ArgumentOutOfRangeException">Not within 0 to 1 mm²/s.</exception>
    public static Diffusivity FromMm2PerSecond(double mm2PerSecond) =>
        new(Range.Check(mm2PerSecond, nameof(mm2PerSecond)));

    public int CompareTo(Diffusivity other) => Mm2PerSecond.CompareTo(other.Mm2PerSecond);

    public static bool operator <(Diffusivity left, Diffusivity right) => left.CompareTo(right) < 0;

    public static bool operator <=(Diffusivity left, Diffusivity right) => left.CompareTo(right) <= 0;

    public static bool operator >(Diffusivity left, Diffusivity right) => left.CompareTo(right) > 0;

    public static bool operator >=(Diffusivity left, Diffusivity right) => left.CompareTo(right) >= 0;
}
