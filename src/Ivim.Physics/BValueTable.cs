using System.Collections.Immutable;

namespace Ivim.Physics;

/// <summary>The distinct b-values of a series, ascending, and how many acquisitions each stands for.</summary>
public sealed record BValueTable
{
    /// <summary>
    /// A b-value up to this counts as b = 0, in s/mm²: at D* = 0.1 mm²/s it changes the signal by less than 5 % of f.
    /// </summary>
    public const double ZeroToleranceSecondsPerMm2 = 0.5;

    /// <param name="bSecondsPerMm2">s/mm², each finite and at least 0, strictly ascending, length B ≥ 1.</param>
    /// <param name="averages">How many acquired volumes each b-value stands for, at least 1, length B.</param>
    /// <exception cref="ArgumentException">A value or a length is outside its range.</exception>
    public BValueTable(IEnumerable<double> bSecondsPerMm2, IEnumerable<int>? averages = null)
    {
        SecondsPerMm2 = [.. bSecondsPerMm2];
        Averages = averages is null ? [.. Enumerable.Repeat(1, SecondsPerMm2.Length)] : [.. averages];
        if (SecondsPerMm2.Length == 0 || SecondsPerMm2.Any(b => !double.IsFinite(b) || b < 0))
            throw new ArgumentException("b-values are finite and at least 0", nameof(bSecondsPerMm2));
        if (SecondsPerMm2.Zip(SecondsPerMm2.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException("b-values ascend strictly", nameof(bSecondsPerMm2));
        if (Averages.Length != SecondsPerMm2.Length || Averages.Any(n => n < 1))
            throw new ArgumentException("every b-value stands for at least one volume", nameof(averages));
    }

    /// <summary>s/mm², strictly ascending, length B.</summary>
    public ImmutableArray<double> SecondsPerMm2 { get; }

    /// <summary>Acquired volumes behind each b-value, length B.</summary>
    public ImmutableArray<int> Averages { get; }

    /// <summary>B, the number of distinct b-values.</summary>
    public int Count => SecondsPerMm2.Length;

    public bool HasZero => SecondsPerMm2[0] <= ZeroToleranceSecondsPerMm2;

    public bool Equals(BValueTable? other) => other is not null
        && SecondsPerMm2.SequenceEqual(other.SecondsPerMm2) && Averages.SequenceEqual(other.Averages);

    public override int GetHashCode() => HashCode.Combine(Count, SecondsPerMm2[0], SecondsPerMm2[^1]);
}
