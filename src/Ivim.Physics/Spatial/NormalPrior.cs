using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Spatial;

/// <summary>(θ − μ)ᵀ Σ⁻¹ (θ − μ) times a weight, for four voxels.</summary>
internal sealed class NormalPrior
{
    private readonly double[] _mean, _precision;

    public NormalPrior(ParameterPrior prior, double weight) =>
        (_mean, _precision) = (prior.Mean, [.. prior.Precision().Select(value => weight * value)]);

    /// <summary>Adds cost, half gradient and matrix.</summary>
    public void AddTo(ref NormalEquations sums, in FourVectors point)
    {
        var (d0, d1, d2) = (point.X0 - Vector256.Create(_mean[0]), point.X1 - Vector256.Create(_mean[1]),
            point.X2 - Vector256.Create(_mean[2]));
        var p = _precision;
        var g0 = d0 * p[0] + d1 * p[1] + d2 * p[3];
        var g1 = d0 * p[1] + d1 * p[2] + d2 * p[4];
        var g2 = d0 * p[3] + d1 * p[4] + d2 * p[5];
        sums.Cost += g0 * d0 + g1 * d1 + g2 * d2;
        sums.G0 += g0;
        sums.G1 += g1;
        sums.G2 += g2;
        sums.H00 += Vector256.Create(p[0]);
        sums.H10 += Vector256.Create(p[1]);
        sums.H11 += Vector256.Create(p[2]);
        sums.H20 += Vector256.Create(p[3]);
        sums.H21 += Vector256.Create(p[4]);
        sums.H22 += Vector256.Create(p[5]);
    }
}
