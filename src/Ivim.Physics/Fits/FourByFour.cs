using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>Symmetric 4 x 4 systems of four voxels at once, by the factors L D Lᵀ without pivoting.</summary>
internal struct FourByFour
{
    private const double LeastPivot = 1e-18;

    private Vector256<double> _l10, _l20, _l21, _l30, _l31, _l32;
    private Vector256<double> _r0, _r1, _r2, _r3;   // reciprocal pivots

    /// <summary>
    /// Lanes whose matrix is positive definite; in the others a pivot was raised to a tiny positive value.
    /// </summary>
    public Vector256<double> IsPositive { get; private set; }

    /// <summary>
    /// Factors of H + damping · diag H, plus K in the lanes of <paramref name="newton"/>, rows and columns of held
    /// unknowns replaced by those of the identity.
    /// </summary>
    /// <param name="free">All bits set where the unknown may move.</param>
    public static FourByFour Factor(
        in NormalEquations n, Vector256<double> damping, in FourVectors free, Vector256<double> newton)
    {
        var h10 = (n.H10 + (n.K10 & newton)) & free.X0 & free.X1;
        var h20 = n.H20 & free.X0 & free.X2;
        var h21 = (n.H21 + (n.K21 & newton)) & free.X1 & free.X2;
        var h30 = (n.H30 + (n.K30 & newton)) & free.X0 & free.X3;
        var h31 = (n.H31 + (n.K31 & newton)) & free.X1 & free.X3;
        var h32 = (n.H32 + (n.K32 & newton)) & free.X2 & free.X3;
        var f = new FourByFour { IsPositive = Vector256<double>.AllBitsSet };
        f._r0 = f.Reciprocal(Diagonal(n.H00, n.K00 & newton, damping, free.X0));
        f._l10 = h10 * f._r0;
        f._l20 = h20 * f._r0;
        f._l30 = h30 * f._r0;
        f._r1 = f.Reciprocal(Diagonal(n.H11, Vector256<double>.Zero, damping, free.X1) - f._l10 * h10);
        var c21 = h21 - f._l20 * h10;
        var c31 = h31 - f._l30 * h10;
        f._l21 = c21 * f._r1;
        f._l31 = c31 * f._r1;
        f._r2 = f.Reciprocal(Diagonal(n.H22, n.K22 & newton, damping, free.X2)
            - f._l20 * h20 - f._l21 * c21);
        var c32 = h32 - f._l30 * h20 - f._l31 * c21;
        f._l32 = c32 * f._r2;
        f._r3 = f.Reciprocal(Diagonal(n.H33, Vector256<double>.Zero, damping, free.X3)
            - f._l30 * h30 - f._l31 * c31 - f._l32 * c32);
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

    // The floor keeps a pivot positive where a column vanishes, as that of D* does at f = 0: unit-interval unknowns
    // have H near 1.
    private static Vector256<double> Diagonal(
        Vector256<double> h, Vector256<double> k, Vector256<double> damping, Vector256<double> isFree) =>
        Vector256.ConditionalSelect(
            isFree,
            Vector256.FusedMultiplyAdd(h, damping, h + k) + Vector256.Create(LeastPivot),
            Vector256<double>.One);

    private Vector256<double> Reciprocal(Vector256<double> pivot)
    {
        var floor = Vector256.Create(LeastPivot);
        IsPositive &= Vector256.GreaterThanOrEqual(pivot, floor);
        return Vector256<double>.One / Vector256.Max(pivot, floor);
    }
}

/// <summary>One vector for each unknown: D, f, D*, S0.</summary>
internal readonly record struct FourVectors(
    Vector256<double> X0, Vector256<double> X1, Vector256<double> X2, Vector256<double> X3);
