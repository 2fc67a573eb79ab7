using System.Collections.Immutable;
using Ivim.Physics;

namespace Ivim.Learning;

/// <summary>
/// The b-value of each of a voxel's signals, in their order: the distinct ones of a table, or one for every acquired
/// volume. The published networks were made for the latter (README of the IVIM-NET authors), so repeats are allowed.
/// </summary>
public sealed record BValueList
{
    /// <param name="secondsPerMm2">s/mm², finite, at least 0, ascending, repeats allowed, length B ≥ 1.</param>
    /// <param name="averages">How many acquired volumes each signal is the mean of; null for one each.</param>
    /// <exception cref="RefusalException">B-LIST.</exception>
    public BValueList(IEnumerable<double> secondsPerMm2, IEnumerable<int>? averages = null)
    {
        SecondsPerMm2 = [.. secondsPerMm2];
        Averages = averages is null ? [.. Enumerable.Repeat(1, SecondsPerMm2.Length)] : [.. averages];
        bool ascends = SecondsPerMm2.Zip(SecondsPerMm2.Skip(1)).All(pair => pair.First <= pair.Second);
        if (SecondsPerMm2.Length == 0 || !ascends || SecondsPerMm2.Any(b => !double.IsFinite(b) || b < 0)
            || Averages.Length != SecondsPerMm2.Length || Averages.Any(n => n < 1))
            throw new RefusalException("B-LIST", $"{SecondsPerMm2.Length} b-values and {Averages.Length} averages",
                "ascending b-values of at least 0 and as many averages of at least 1", "sort the signals by b-value");
    }

    /// <summary>s/mm², ascending, length B.</summary>
    public ImmutableArray<double> SecondsPerMm2 { get; }

    /// <summary>Volumes behind each signal, length B.</summary>
    public ImmutableArray<int> Averages { get; }

    /// <summary>B, signals a voxel.</summary>
    public int Count => SecondsPerMm2.Length;

    /// <summary>How many of the first signals are of b = 0.</summary>
    public int Zeros => SecondsPerMm2.Count(b => b <= BValueTable.ZeroToleranceSecondsPerMm2);

    public static implicit operator BValueList(BValueTable table) => FromBValueTable(table);

    public static BValueList FromBValueTable(BValueTable table) => new(table.SecondsPerMm2, table.Averages);

    public bool Equals(BValueList? other) => other is not null
        && SecondsPerMm2.SequenceEqual(other.SecondsPerMm2) && Averages.SequenceEqual(other.Averages);

    public override int GetHashCode() => HashCode.Combine(Count, SecondsPerMm2[0], SecondsPerMm2[^1]);
}
