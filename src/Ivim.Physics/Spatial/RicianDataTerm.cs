using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Spatial;

/// <summary>
/// Σ_b n_b (√(g² + σ²) − Y)² / (e σ)² of four voxels in the unknowns log D, logit f, log D*, log S0, with its
/// half gradient and Gauss-Newton matrix.
/// </summary>
/// <remarks>√(g² + σ²) is near the mean of a Rician magnitude whose noise-free value is g.</remarks>
internal sealed class RicianDataTerm(BValueTable table)
{
    private readonly double[] _b = [.. table.SecondsPerMm2];
    private readonly double[] _averages = [.. table.Averages.Select(n => (double)n)];

    public int BValues => _b.Length;

    /// <param name="y">Signals of eight voxels, [bvalues, 8].</param>
    /// <param name="half">0 for the first four of them, 4 for the others.</param>
    /// <param name="precision">1 / (e σ)², 0 in a lane without a voxel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public NormalEquations At(in FourVectors point, ReadOnlySpan<float> y, int half,
        Vector256<double> sigmaSquared, Vector256<double> precision)
    {
        var one = Vector256<double>.One;
        var d = VectorExponential.Exp(point.X0);
        var f = one / (one + VectorExponential.Exp(-point.X1));
        var dStar = VectorExponential.Exp(point.X2);
        var s0 = VectorExponential.Exp(point.X3);
        var (slowShare, fastShare) = (s0 * (one - f), s0 * f);
        var (perD, perDStar, perF) = (-slowShare * d, -fastShare * dStar, fastShare * (one - f));
        var sums = default(NormalEquations);
        for (int i = 0; i < _b.Length; i++)
        {
            var b = Vector256.Create(_b[i]);
            var slow = VectorExponential.Exp(-b * d);
            var fast = VectorExponential.Exp(-b * dStar);
            var g = Vector256.FusedMultiplyAdd(fastShare, fast, slowShare * slow);
            var mean = Vector256.Sqrt(Vector256.FusedMultiplyAdd(g, g, sigmaSquared));
            var residual = mean - SingleLanes.Wide(Vector128.Create(y.Slice(i * PaddedGrid.Lanes + half, 4)));
            var slope = g / mean;
            sums.Add(Vector256.Create(_averages[i]) * precision, residual,
                slope * perD * b * slow, slope * perF * (fast - slow), slope * perDStar * b * fast, slope * g);
        }
        return sums;
    }
}
