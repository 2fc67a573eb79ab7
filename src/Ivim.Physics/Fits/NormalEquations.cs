using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>Weighted mean square, its half gradient g = JᵀWr and H = JᵀWJ at one point, four voxels at once.</summary>
/// <remarks>
/// Index order D, f, D*, S0; lower triangles. K is the rest of the second derivative, Σ w r ∂²S: H + K is Newton's
/// matrix. Without K the steps along D* overshoot at low signal-to-noise ratios, and hundreds of them do not
/// converge.
/// </remarks>
internal struct NormalEquations
{
    public Vector256<double> Cost;
    public Vector256<double> G0, G1, G2, G3;
    public Vector256<double> H00, H10, H11, H20, H21, H22, H30, H31, H32, H33;
    public Vector256<double> K00, K10, K21, K22, K30, K31, K32;   // K11, K20 and K33 are 0

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector256<double> weight, Vector256<double> residual,
        Vector256<double> j0, Vector256<double> j1, Vector256<double> j2, Vector256<double> j3)
    {
        var weighted = weight * residual;
        Cost = Vector256.FusedMultiplyAdd(weighted, residual, Cost);
        G0 = Vector256.FusedMultiplyAdd(weighted, j0, G0);
        G1 = Vector256.FusedMultiplyAdd(weighted, j1, G1);
        G2 = Vector256.FusedMultiplyAdd(weighted, j2, G2);
        G3 = Vector256.FusedMultiplyAdd(weighted, j3, G3);
        var (w0, w1, w2, w3) = (weight * j0, weight * j1, weight * j2, weight * j3);
        H00 = Vector256.FusedMultiplyAdd(w0, j0, H00);
        H10 = Vector256.FusedMultiplyAdd(w1, j0, H10);
        H11 = Vector256.FusedMultiplyAdd(w1, j1, H11);
        H20 = Vector256.FusedMultiplyAdd(w2, j0, H20);
        H21 = Vector256.FusedMultiplyAdd(w2, j1, H21);
        H22 = Vector256.FusedMultiplyAdd(w2, j2, H22);
        H30 = Vector256.FusedMultiplyAdd(w3, j0, H30);
        H31 = Vector256.FusedMultiplyAdd(w3, j1, H31);
        H32 = Vector256.FusedMultiplyAdd(w3, j2, H32);
        H33 = Vector256.FusedMultiplyAdd(w3, j3, H33);
    }

    /// <summary>Takes the other's values in the lanes of the mask.</summary>
    public void Take(Vector256<double> mask, in NormalEquations other)
    {
        Cost = Vector256.ConditionalSelect(mask, other.Cost, Cost);
        G0 = Vector256.ConditionalSelect(mask, other.G0, G0);
        G1 = Vector256.ConditionalSelect(mask, other.G1, G1);
        G2 = Vector256.ConditionalSelect(mask, other.G2, G2);
        G3 = Vector256.ConditionalSelect(mask, other.G3, G3);
        H00 = Vector256.ConditionalSelect(mask, other.H00, H00);
        H10 = Vector256.ConditionalSelect(mask, other.H10, H10);
        H11 = Vector256.ConditionalSelect(mask, other.H11, H11);
        H20 = Vector256.ConditionalSelect(mask, other.H20, H20);
        H21 = Vector256.ConditionalSelect(mask, other.H21, H21);
        H22 = Vector256.ConditionalSelect(mask, other.H22, H22);
        H30 = Vector256.ConditionalSelect(mask, other.H30, H30);
        H31 = Vector256.ConditionalSelect(mask, other.H31, H31);
        H32 = Vector256.ConditionalSelect(mask, other.H32, H32);
        H33 = Vector256.ConditionalSelect(mask, other.H33, H33);
        K00 = Vector256.ConditionalSelect(mask, other.K00, K00);
        K10 = Vector256.ConditionalSelect(mask, other.K10, K10);
        K21 = Vector256.ConditionalSelect(mask, other.K21, K21);
        K22 = Vector256.ConditionalSelect(mask, other.K22, K22);
        K30 = Vector256.ConditionalSelect(mask, other.K30, K30);
        K31 = Vector256.ConditionalSelect(mask, other.K31, K31);
        K32 = Vector256.ConditionalSelect(mask, other.K32, K32);
    }
}
