using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>Symmetric 4 x 4 systems of four voxels at once, by the factors L D Lᵀ without pivoting.</summary>
internal struct FourByFour
{
    private Vector256<double> _l10, _l20, _l21, _l30, _l31, _l32;
    private Vector256<double> _r0, _r1, _r2, _r3;   // reciprocal pivots

    /// <summary>Factors of H with its diagonal times (1 + damping), rows and columns of held unknowns replaced by 1.</summary>
    /// <param name="free">All bits set where the unknown may move.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourByFour Factor(in NormalEquations n, Vector256<double> damping, in FourVectors free)
    {
        var grow = Vector256<double>.One + damping;
        var h10 = n.H10 & free.X0 & free.X1;
        var h20 = n.H20 & free.X0 & free.X2;
        var h21 = n.H21 & free.X1 & free.X2;
        var h30 = n.H30 & free.X0 & free.X3;
        var h31 = n.H31 & free.X1 & free.X3;
        var h32 = n.H32 & free.X2 & free.X3;
        var f = default(FourByFour);
        f._r0 = Reciprocal(Diagonal(n.H00, grow, free.X0));
        f._l10 = h10 * f._r0;
        f._l20 = h20 * f._r0;
        f._l30 = h30 * f._r0;
        f._r1 = Reciprocal(Diagonal(n.H11, grow, free.X1) - f._l10 * h10);
        var c21 = h21 - f._l20 * h10;
        var c31 = h31 - f._l30 * h10;
        f._l21 = c21 * f._r1;
        f._l31 = c31 * f._r1;
        f._r2 = Reciprocal(Diagonal(n.H22, grow, free.X2) - f._l20 * h20 - f._l21 * c21);
        var c32 = h32 - f._l30 * h20 - f._l31 * c21;
        f._l32 = c32 * f._r2;
        f._r3 = Reciprocal(Diagonal(n.H33, grow, free.X3) - f._l30 * h30 - f._l31 * c31 - f._l32 * c32);
        return f;
    }

    /// <summary>The solution of H x = right side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly FourVectors Solve(in FourVectors right)
    {
        var y1 = right.X1 - _l10 * right.X0;
        var y2 = right.X2 - _l20 * right.X0 - _l21 * y1;
        var y3 = right.X3 - _l30 * right.X0 - _l31 * y1 - _l32 * y2;
        var x3 = y3 * _r3;
        var x2 = y2 * _r2 - _l32 * x3;
        var x1 = y1 * _r1 - _l21 * x2 - _l31 * x3;
        var x0 = right.X0 * _r0 - _l10 * x1 - _l20 * x2 - _l30 * x3;
        return new FourVectors(x0, x1, x2, x3);
    }

    /// <summary>The diagonal of the inverse.</summary>
    public readonly FourVectors InverseDiagonal()
    {
        var zero = Vector256<double>.Zero;
        var one = Vector256<double>.One;
        return new FourVectors(
            Solve(new FourVectors(one, zero, zero, zero)).X0,
            Solve(new FourVectors(zero, one, zero, zero)).X1,
            Solve(new FourVectors(zero, zero, one, zero)).X2,
            Solve(new FourVectors(zero, zero, zero, one)).X3);
    }

    // The floor keeps a pivot positive where a column vanishes, as that of D* does at f = 0: unit-interval unknowns have H near 1.
    private static Vector256<double> Diagonal(
        Vector256<double> h, Vector256<double> grow, Vector256<double> isFree) =>
        Vector256.ConditionalSelect(
            isFree, Vector256.FusedMultiplyAdd(h, grow, Vector256.Create(1e-18)), Vector256<double>.One);

    private static Vector256<double> Reciprocal(Vector256<double> pivot) =>
        Vector256<double>.One / Vector256.Max(pivot, Vector256.Create(1e-18));
}

/// <summary>One vector for each unknown: D, f, D*, S0.</summary>
internal readonly record struct FourVectors(
    Vector256<double> X0, Vector256<double> X1, Vector256<double> X2, Vector256<double> X3);
