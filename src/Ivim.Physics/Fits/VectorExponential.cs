using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>e^x for four voxels at once, with the same bits in every lane and in every version of .NET.</summary>
/// <remarks>
/// Written out because the library's own vector form is free to change its bits, and to treat a vector differently
/// when one of its lanes is out of range. x = n ln 2 + r, |r| ≤ ln 2 / 2, then the Taylor polynomial of degree 13,
/// whose remainder is below 1e-17. Only correctly rounded operations: add, multiply, fused multiply-add. Within two
/// units in the last place of Math.Exp for x in [−700, 700]; outside, x is clamped, and e^−700 = 1e-304 is nothing
/// beside a signal.
/// </remarks>
internal static class VectorExponential
{
    private const double Limit = 700;

    // ln 2 in two parts: the product of the first with an integer below 2^11 is exact.
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;

    // Adding 1.5·2^52 leaves the nearest integer in the low bits of the mantissa.
    private const double RoundingShift = 6755399441055744.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(-Limit)), Vector256.Create(Limit));
        var shifted = Vector256.FusedMultiplyAdd(
            x, Vector256.Create(1.4426950408889634), Vector256.Create(RoundingShift));
        var n = shifted - Vector256.Create(RoundingShift);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        var exponent = Vector256.ShiftLeft(shifted.AsInt64(), 52);
        return (Polynomial(r).AsInt64() + exponent).AsDouble();
    }

    // The two halves of the polynomial are independent, so that they run side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Polynomial(Vector256<double> r)
    {
        var square = r * r;
        var odd = Vector256.Create(1.0 / 6227020800);                        // 1/13!
        odd = Vector256.FusedMultiplyAdd(odd, square, Vector256.Create(1.0 / 39916800));
        odd = Vector256.FusedMultiplyAdd(odd, square, Vector256.Create(1.0 / 362880));
        odd = Vector256.FusedMultiplyAdd(odd, square, Vector256.Create(1.0 / 5040));
        odd = Vector256.FusedMultiplyAdd(odd, square, Vector256.Create(1.0 / 120));
        odd = Vector256.FusedMultiplyAdd(odd, square, Vector256.Create(1.0 / 6));
        var even = Vector256.Create(1.0 / 479001600);                        // 1/12!
        even = Vector256.FusedMultiplyAdd(even, square, Vector256.Create(1.0 / 3628800));
        even = Vector256.FusedMultiplyAdd(even, square, Vector256.Create(1.0 / 40320));
        even = Vector256.FusedMultiplyAdd(even, square, Vector256.Create(1.0 / 720));
        even = Vector256.FusedMultiplyAdd(even, square, Vector256.Create(1.0 / 24));
        even = Vector256.FusedMultiplyAdd(even, square, Vector256.Create(0.5));
        var tail = Vector256.FusedMultiplyAdd(odd * square, r, r);           // r + r³ (1/3! + ...)
        return Vector256.Create(1.0) + Vector256.FusedMultiplyAdd(even, square, tail);
    }
}
