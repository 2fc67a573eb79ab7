using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Numerics;

/// <summary>
/// Sums over rows that are padded with zeros to a multiple of four, in four lanes and a fixed order: the same bits with
/// and without vector instructions.
/// </summary>
public static class RowKernels
{
    public const int Lanes = 4;

    /// <summary>The padded length of a row.</summary>
    public static int Padded(int length) => (length + Lanes - 1) / Lanes * Lanes;

    /// <summary>Σ aᵢ bᵢ.</summary>
    /// <param name="a">Padded length.</param>
    /// <param name="b">At least as long as <paramref name="a"/>.</param>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Require(a.Length, b.Length);
        ref double x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        var sum = Vector256<double>.Zero;
        for (nuint i = 0; i < (nuint)a.Length; i += Lanes)
            sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), sum);
        return sum[0] + sum[2] + (sum[1] + sum[3]);
    }

    /// <summary>target += factor · row.</summary>
    /// <param name="row">Padded length.</param>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> row)
    {
        Require(row.Length, target.Length);
        ref double x = ref MemoryMarshal.GetReference(row), y = ref MemoryMarshal.GetReference(target);
        var scale = Vector256.Create(factor);
        for (nuint i = 0; i < (nuint)row.Length; i += Lanes)
            Vector256.FusedMultiplyAdd(scale, Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i))
                .StoreUnsafe(ref y, i);
    }

    private static void Require(int length, int other)
    {
        if (length % Lanes != 0 || other < length)
            throw new ArgumentException($"rows of {length} and {other} where a padded length is needed");
    }
}
