using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>Standard errors √(s² [(JᵀWJ)⁻¹]ᵢᵢ), finite in every case.</summary>
/// <remarks>
/// s² = Σ w r² / (N_b − free parameters). The matrix is that of all parameters, also of those on a bound, so that a
/// bound never makes a neighbour look certain. An error is never above that of total ignorance, width / √12 (a
/// uniform distribution over the bounds): that value stands where no degree of freedom is left, where the matrix is
/// singular, and for D* where f = 0.
/// </remarks>
internal static class StandardErrors
{
    /// <summary>Standard deviation of a uniform distribution over the bounds.</summary>
    public static double OfIgnorance(Bounds bounds) => bounds.Width / Math.Sqrt(12);

    /// <param name="variance">Squared standard error, or NaN or infinity where nothing is known.</param>
    public static Vector256<double> FromVariance(Vector256<double> variance, double ignorance)
    {
        var error = Vector256.Sqrt(variance);
        var isKnown = Vector256.LessThan(error, Vector256.Create(ignorance));   // false for NaN
        return Vector256.ConditionalSelect(isKnown, error, Vector256.Create(ignorance));
    }

    /// <summary>Residual variance per unit weight, infinite without degrees of freedom.</summary>
    /// <param name="meanSquare">Σ w r² with weights that sum to 1.</param>
    public static Vector256<double> ResidualVariance(Vector256<double> meanSquare, Vector256<double> degreesOfFreedom)
    {
        var isKnown = Vector256.GreaterThan(degreesOfFreedom, Vector256<double>.Zero);
        var variance = meanSquare / degreesOfFreedom;
        return Vector256.ConditionalSelect(isKnown, variance, Vector256.Create(double.PositiveInfinity));
    }

    /// <summary>
    /// Diagonal of the inverse of H scaled to a unit diagonal, NaN-free; 1 for a column that vanishes.
    /// </summary>
    public static FourVectors NormalisedInverse(in NormalEquations h)
    {
        var (s0, s1, s2, s3) = (Scale(h.H00), Scale(h.H11), Scale(h.H22), Scale(h.H33));
        var unit = new NormalEquations
        {
            H00 = Vector256<double>.One, H11 = Vector256<double>.One,
            H22 = Vector256<double>.One, H33 = Vector256<double>.One,
            H10 = h.H10 * s1 * s0, H20 = h.H20 * s2 * s0, H21 = h.H21 * s2 * s1,
            H30 = h.H30 * s3 * s0, H31 = h.H31 * s3 * s1, H32 = h.H32 * s3 * s2,
        };
        var all = Vector256<double>.AllBitsSet;
        var ridge = Vector256.Create(1e-13);   // keeps the pivots positive where two columns are parallel
        return FourByFour.Factor(unit, ridge, new FourVectors(all, all, all, all), ~all).InverseDiagonal();
    }

    private static Vector256<double> Scale(Vector256<double> diagonal) => Vector256.ConditionalSelect(
        Vector256.GreaterThan(diagonal, Vector256<double>.Zero),
        Vector256<double>.One / Vector256.Sqrt(diagonal), Vector256<double>.Zero);
}
