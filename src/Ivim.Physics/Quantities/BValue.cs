namespace Ivim.Physics.Quantities;

/// <summary>The diffusion weighting b of one acquisition.</summary>
/// <remarks>
/// Range 0 to 100 000 s/mm²: the strongest human scanners stay below, and a value in s/m² lies far above.
/// </remarks>
public readonly record struct BValue : IComparable<BValue>
{
    private static readonly PhysicalRange Range = new("a b-value", 0, 100_000, "s/mm²");

    private BValue(double secondsPerMm2) => SecondsPerMm2 = secondsPerMm2;

    public double SecondsPerMm2 { get; }

    /// <exception cref="ArgumentOutOfRangeException">Not within 0 to 100 000 s/mm².</exception>
    public static BValue FromSecondsPerMm2(double secondsPerMm2) =>
        new(Range.Check(secondsPerMm2, nameof(secondsPerMm2)));

    public int CompareTo(BValue other) => SecondsPerMm2.CompareTo(other.SecondsPerMm2);

    public static bool operator <(BValue left, BValue right) => left.CompareTo(right) < 0;

    public static bool operator <=(BValue left, BValue right) => left.CompareTo(right) <= 0;

    public static bool operator >(BValue left, BValue right) => left.CompareTo(right) > 0;

    public static bool operator >=(BValue left, BValue right) => left.CompareTo(right) >= 0;
}
