using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Spatial;

/// <summary>Σ_pairs λ w_ij / distance_ij (√(d² + h²) − h) over log D, logit f and log D*.</summary>
/// <remarks>
/// √(d² + h²) ≤ its value at d₀ + (d² − d₀²) / (2 √(d₀² + h²)), the half-quadratic majoriser: Charbonnier et al., IEEE
/// Trans Image Process 6 (1997) 298, doi 10.1109/83.551699. Of a pair whose two voxels move at the same time each
/// moves towards the middle with twice the curvature: (a − b)² ≤ 2 (a − m)² + 2 (b − m)².
/// </remarks>
internal sealed class PairCost
{
    private readonly PairOffset[] _pairs;
    private readonly float[][] _weights;
    private readonly Vector256<float> _strength0, _strength1, _strength2, _edgeSquared;
    private readonly Vector256<float>[] _above, _below;   // 1 + share of lanes whose partner is in the same vector

    public PairCost(PairOffset[] pairs, float[][] weights, PairStrength strength, double edgeWidth)
    {
        (_pairs, _weights) = (pairs, weights);
        _strength0 = Vector256.Create((float)strength.D);
        _strength1 = Vector256.Create((float)strength.F);
        _strength2 = Vector256.Create((float)strength.DStar);
        _edgeSquared = Vector256.Create((float)(edgeWidth * edgeWidth));
        _above = [.. pairs.Select(pair => Together(pair.AlongRow))];
        _below = [.. pairs.Select(pair => Together(-pair.AlongRow))];
    }

    public PairPull At(int at, float[] x0, float[] x1, float[] x2)
    {
        var pull = default(PairPull);
        var (here0, here1, here2) = (Vector256.Create(x0, at), Vector256.Create(x1, at), Vector256.Create(x2, at));
        for (int pair = 0; pair < _pairs.Length; pair++)
        {
            int offset = _pairs[pair].Offset;
            Add(ref pull, Vector256.Create(_weights[pair], at), _above[pair],
                Vector256.Create(x0, at + offset) - here0, Vector256.Create(x1, at + offset) - here1,
                Vector256.Create(x2, at + offset) - here2);
            Add(ref pull, Vector256.Create(_weights[pair], at - offset), _below[pair],
                Vector256.Create(x0, at - offset) - here0, Vector256.Create(x1, at - offset) - here1,
                Vector256.Create(x2, at - offset) - here2);
        }
        return pull;
    }

    /// <summary>Cost of the pairs whose first end lies in the eight voxels.</summary>
    public double CostAt(int at, float[] x0, float[] x1, float[] x2)
    {
        double sum = 0;
        for (int pair = 0; pair < _pairs.Length; pair++)
        {
            for (int lane = at; lane < at + PaddedGrid.Lanes; lane++)
            {
                double weight = _weights[pair][lane];
                int other = lane + _pairs[pair].Offset;
                sum += weight * (_strength0[0] * Excess(x0[other] - x0[lane])
                    + _strength1[0] * Excess(x1[other] - x1[lane]) + _strength2[0] * Excess(x2[other] - x2[lane]));
            }
        }
        return sum;
    }

    private double Excess(double difference) =>
        Math.Sqrt(difference * difference + _edgeSquared[0]) - Math.Sqrt(_edgeSquared[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ref PairPull pull, Vector256<float> weight, Vector256<float> together,
        Vector256<float> d0, Vector256<float> d1, Vector256<float> d2)
    {
        var c0 = weight * _strength0 / Vector256.Sqrt(Vector256.FusedMultiplyAdd(d0, d0, _edgeSquared));
        var c1 = weight * _strength1 / Vector256.Sqrt(Vector256.FusedMultiplyAdd(d1, d1, _edgeSquared));
        var c2 = weight * _strength2 / Vector256.Sqrt(Vector256.FusedMultiplyAdd(d2, d2, _edgeSquared));
        pull.Pull0 = Vector256.FusedMultiplyAdd(c0, d0, pull.Pull0);
        pull.Pull1 = Vector256.FusedMultiplyAdd(c1, d1, pull.Pull1);
        pull.Pull2 = Vector256.FusedMultiplyAdd(c2, d2, pull.Pull2);
        pull.Stiffness0 = Vector256.FusedMultiplyAdd(c0, together, pull.Stiffness0);
        pull.Stiffness1 = Vector256.FusedMultiplyAdd(c1, together, pull.Stiffness1);
        pull.Stiffness2 = Vector256.FusedMultiplyAdd(c2, together, pull.Stiffness2);
    }

    private static Vector256<float> Together(int alongRow)
    {
        Span<float> factors = stackalloc float[PaddedGrid.Lanes];
        for (int lane = 0; lane < factors.Length; lane++)
        {
            int partner = lane + alongRow;
            factors[lane] = alongRow != 0 && partner >= 0 && partner < factors.Length ? 2 : 1;
        }
        return Vector256.Create<float>(factors);
    }
}
