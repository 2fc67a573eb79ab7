using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Spatial;

/// <summary>(N_b / 2) log RSS of four voxels at their best S0, its gradient and Gauss-Newton matrix.</summary>
/// <remarks>
/// S0 and σ integrated out: Orton et al., Magn Reson Med 71 (2014) 411, doi 10.1002/mrm.24649. RSS = S·S − (S·g)² / g·g
/// for the relative curve g. The matrix is that of the majoriser N_b / (2 RSS₀) RSS with the curve's part along g
/// taken out (Kaufman, BIT 15 (1975) 49).
/// </remarks>
internal sealed class ProfiledDataTerm(BValueTable table)
{
    // A perfect fit has no finite likelihood under an unknown σ.
    private const double LeastShare = 1e-10;

    private readonly double[] _b = [.. table.SecondsPerMm2];
    private readonly double[] _averages = [.. table.Averages.Select(n => (double)n)];

    /// <param name="signals">[bvalues, voxels].</param>
    /// <returns>S0 is the best one; in the sums index 3 is free.</returns>
    public ProfiledSums At(Vector256<double> x0, Vector256<double> x1, Vector256<double> x2,
        double[] signals, int voxels, int first)
    {
        var one = Vector256<double>.One;
        var (d, dStar) = (VectorExponential.Exp(x0), VectorExponential.Exp(x2));
        var f = one / (one + VectorExponential.Exp(-x1));
        var slowShare = one - f;
        var (perD, perF, perDStar) = (-slowShare * d, f * slowShare, -f * dStar);
        var n = default(NormalEquations);   // index 3 is the curve itself, the residual is the signal
        for (int i = 0; i < _b.Length; i++)
        {
            var b = Vector256.Create(_b[i]);
            var (slow, fast) = (VectorExponential.Exp(-b * d), VectorExponential.Exp(-b * dStar));
            n.Add(Vector256.Create(_averages[i]), Vector256.Create(signals, i * voxels + first),
                perD * b * slow, perF * (fast - slow), perDStar * b * fast, f * fast + slowShare * slow);
        }
        var s0 = n.G3 / n.H33;
        var rss = Vector256.Max(n.Cost - s0 * n.G3, n.Cost * LeastShare);
        var scale = Vector256.Create((double)_b.Length) / rss;
        var curvature = scale * s0 * s0;
        return new ProfiledSums
        {
            S0 = s0,
            Rss = rss,
            G0 = scale * s0 * (s0 * n.H30 - n.G0),
            G1 = scale * s0 * (s0 * n.H31 - n.G1),
            G2 = scale * s0 * (s0 * n.H32 - n.G2),
            H00 = curvature * (n.H00 - n.H30 * n.H30 / n.H33),
            H10 = curvature * (n.H10 - n.H30 * n.H31 / n.H33),
            H11 = curvature * (n.H11 - n.H31 * n.H31 / n.H33),
            H20 = curvature * (n.H20 - n.H30 * n.H32 / n.H33),
            H21 = curvature * (n.H21 - n.H31 * n.H32 / n.H33),
            H22 = curvature * (n.H22 - n.H32 * n.H32 / n.H33),
        };
    }

    /// <summary>N_b / 2, the factor of log RSS.</summary>
    public double HalfCount => _b.Length / 2.0;
}

/// <summary>
/// Residual sum of squares, gradient and matrix of (N_b / 2) log RSS; index order log D, logit f, log D*.
/// </summary>
internal struct ProfiledSums
{
    public Vector256<double> S0, Rss, G0, G1, G2, H00, H10, H11, H20, H21, H22;
}
