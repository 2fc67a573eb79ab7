using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Bayes;

/// <summary>
/// e^x, ln x and normal draws for eight voxels at once, in single precision, with the same bits everywhere.
/// </summary>
/// <remarks>
/// Written out for the reason that <see cref="Fits.VectorExponential"/> gives: only correctly rounded operations.
/// Single precision is enough for a random walk: rounding moves a log-likelihood by 1e-5 where the walk's own steps
/// are of order 1. Taylor series after range reduction; errors below 3e-7, relative (exp), absolute (sine, cosine), or
/// in units of 1 + |ln x| (logarithm).
/// </remarks>
internal static class FloatLanes
{
    public const int Count = 8;

    private const float Limit = 86;                          // e^±86 is a normal number
    private const float RoundingShift = 12582912;            // 1.5·2^23: the nearest integer lands in the low bits
    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.693145751953125f;        // few bits, so that its product with n is exact
    private const float Ln2Low = 1.42860677e-6f;
    private const int RootHalfBits = 0x3F3504F3;             // √½: mantissas are taken between √½ and √2

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.MaxNative(x, Vector256.Create(-Limit)), Vector256.Create(Limit));
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(Log2E), Vector256.Create(RoundingShift));
        var n = shifted - Vector256.Create(RoundingShift);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        var square = r * r;
        var odd = Vector256.FusedMultiplyAdd(square, Vector256.Create(1f / 5040), Vector256.Create(1f / 120));
        odd = Vector256.FusedMultiplyAdd(square, odd, Vector256.Create(1f / 6));
        var even = Vector256.FusedMultiplyAdd(square, Vector256.Create(1f / 720), Vector256.Create(1f / 24));
        even = Vector256.FusedMultiplyAdd(square, even, Vector256.Create(0.5f));
        var tail = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(r, odd, even), square, r);
        var scaled = (tail + Vector256.Create(1f)).AsInt32() + Vector256.ShiftLeft(shifted.AsInt32(), 23);
        return scaled.AsSingle();
    }

    /// <summary>ln x of positive normal numbers; ln m = 2 artanh((m − 1)/(m + 1)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        var exponent = Vector256.ShiftRightArithmetic(x.AsInt32() - Vector256.Create(RootHalfBits), 23);
        var m = (x.AsInt32() - Vector256.ShiftLeft(exponent, 23)).AsSingle();
        var s = (m - Vector256.Create(1f)) / (m + Vector256.Create(1f));
        var square = s * s;
        var series = Vector256.FusedMultiplyAdd(square, Vector256.Create(2f / 9), Vector256.Create(2f / 7));
        series = Vector256.FusedMultiplyAdd(square, series, Vector256.Create(2f / 5));
        series = Vector256.FusedMultiplyAdd(square, series, Vector256.Create(2f / 3));
        series = Vector256.FusedMultiplyAdd(square, series, Vector256.Create(2f));
        var n = Vector256.ConvertToSingle(exponent);
        var low = Vector256.FusedMultiplyAdd(n, Vector256.Create(Ln2Low), s * series);
        return Vector256.FusedMultiplyAdd(n, Vector256.Create(Ln2High), low);
    }

    /// <summary>Uniform in the open interval (0, 1), 23 bits, so that adding a half is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Uniform(Vector256<uint> word) =>
        (Vector256.ConvertToSingle(Vector256.ShiftRightLogical(word, 9).AsInt32()) + Vector256.Create(0.5f))
        * Vector256.Create(1f / (1 << 23));

    /// <summary>Two independent standard normals from two words (Box and Muller).</summary>
    /// <remarks>
    /// The angle is (u − ½) π/2 from the upper bits, turned by a quarter, a half or three quarters by the two lowest.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> First, Vector256<float> Second) Normals(
        Vector256<uint> radiusWord, Vector256<uint> angleWord)
    {
        var radius = Vector256.Sqrt(Vector256.Create(-2f) * Log(Uniform(radiusWord)));
        var angle = (Uniform(angleWord) - Vector256.Create(0.5f)) * Vector256.Create(MathF.PI / 2);
        var square = angle * angle;
        var sine = Vector256.FusedMultiplyAdd(square, Vector256.Create(1f / 362880), Vector256.Create(-1f / 5040));
        sine = Vector256.FusedMultiplyAdd(square, sine, Vector256.Create(1f / 120));
        sine = Vector256.FusedMultiplyAdd(square, sine, Vector256.Create(-1f / 6));
        sine = Vector256.FusedMultiplyAdd(square * angle, sine, angle);
        var cosine = Vector256.FusedMultiplyAdd(square, Vector256.Create(1f / 40320), Vector256.Create(-1f / 720));
        cosine = Vector256.FusedMultiplyAdd(square, cosine, Vector256.Create(1f / 24));
        cosine = Vector256.FusedMultiplyAdd(square, cosine, Vector256.Create(-0.5f));
        cosine = Vector256.FusedMultiplyAdd(square, cosine, Vector256.Create(1f));
        var swap = Vector256.Equals(angleWord & Vector256.Create(1u), Vector256.Create(1u)).AsSingle();
        radius = (radius.AsUInt32() | Vector256.ShiftLeft(angleWord & Vector256.Create(2u), 30)).AsSingle();
        return (radius * Vector256.ConditionalSelect(swap, sine, cosine),
            radius * Vector256.ConditionalSelect(swap, cosine, sine));
    }

    /// <summary>Where a normal draw leads, with the steps of eight voxels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> StepFrom(Vector256<float> current, Vector256<float> draw, ref float steps) =>
        Vector256.FusedMultiplyAdd(draw, Vector256.LoadUnsafe(ref steps), current);
}
