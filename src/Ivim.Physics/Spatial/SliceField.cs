using System.Runtime.Intrinsics;

namespace Ivim.Physics.Spatial;

/// <summary>The MRF-MAP problem of one slice: cost, and the linear system of a step.</summary>
internal sealed class SliceField
{
    private const int Lanes = 4;

    private readonly MarkovRandomFieldOptions _options;
    private readonly ProfiledDataTerm _data;
    private readonly double[] _signals;        // [bvalues, padded voxels]
    private readonly int[] _left, _right;      // the pairs
    private readonly double[] _mean, _precision;
    private readonly double[][] _link = new double[3][];   // curvature of a pair, per parameter
    private readonly double[][] _gradient, _diagonal;      // 3 and 6 of padded length

    public SliceField(BValueTable table, double[] signals, int voxels, (int[] Left, int[] Right) pairs,
        ParameterPrior prior, MarkovRandomFieldOptions options)
    {
        (Voxels, _signals, _left, _right, _options) = (voxels, signals, pairs.Left, pairs.Right, options);
        (_mean, _precision) = (prior.Mean, prior.Precision());
        _data = new ProfiledDataTerm(table);
        Padded = PaddedLength(voxels);
        for (int k = 0; k < 3; k++) _link[k] = new double[_left.Length];
        _gradient = Arrays(3);
        _diagonal = Arrays(6);
    }

    public int Voxels { get; }

    public int Padded { get; }

    public static int PaddedLength(int voxels) => (voxels + Lanes - 1) / Lanes * Lanes;

    public double[][] Arrays(int count) => [.. Enumerable.Range(0, count).Select(_ => new double[Padded])];

    /// <summary>The cost of a point, [3, padded voxels].</summary>
    public double Cost(double[][] x, double edgeWidth)
    {
        double sum = 0, halfCount = _data.HalfCount;
        for (int first = 0; first < Padded; first += Lanes)
        {
            var sums = DataAt(x, first);
            for (int lane = 0; lane < Math.Min(Lanes, Voxels - first); lane++)
                sum += halfCount * StableLogarithm.Of(sums.Rss[lane]) + Prior(x, first + lane);
        }
        double pairs = 0;
        for (int k = 0; k < 3; k++)
        {
            for (int pair = 0; pair < _left.Length; pair++)
            {
                double d = x[k][_left[pair]] - x[k][_right[pair]];
                pairs += Math.Sqrt(d * d + edgeWidth * edgeWidth);
            }
        }
        return sum + pairs / _options.Tau;
    }

    /// <summary>Gradient of the cost at the point; keeps the matrix of the quadratic above it for the solver.</summary>
    public double[][] Linearise(double[][] x, double edgeWidth)
    {
        for (int first = 0; first < Padded; first += Lanes) Store(DataAt(x, first), first);
        for (int voxel = 0; voxel < Padded; voxel++) AddPrior(x, voxel);
        for (int k = 0; k < 3; k++)
        {
            var (gradient, link) = (_gradient[k], _link[k]);
            for (int pair = 0; pair < _left.Length; pair++)
            {
                double d = x[k][_left[pair]] - x[k][_right[pair]];
                double c = 1 / (_options.Tau * Math.Sqrt(d * d + edgeWidth * edgeWidth));
                link[pair] = c;
                gradient[_left[pair]] += c * d;
                gradient[_right[pair]] -= c * d;
            }
        }
        return _gradient;
    }

    /// <summary>Matrix times p.</summary>
    public void Multiply(double[][] p, double[][] product)
    {
        for (int i = 0; i < Padded; i++)
        {
            double p0 = p[0][i], p1 = p[1][i], p2 = p[2][i];
            product[0][i] = _diagonal[0][i] * p0 + _diagonal[1][i] * p1 + _diagonal[3][i] * p2;
            product[1][i] = _diagonal[1][i] * p0 + _diagonal[2][i] * p1 + _diagonal[4][i] * p2;
            product[2][i] = _diagonal[3][i] * p0 + _diagonal[4][i] * p1 + _diagonal[5][i] * p2;
        }
        for (int k = 0; k < 3; k++)
        {
            var (link, from, to) = (_link[k], p[k], product[k]);
            for (int pair = 0; pair < link.Length; pair++)
            {
                double c = link[pair] * (from[_left[pair]] - from[_right[pair]]);
                to[_left[pair]] += c;
                to[_right[pair]] -= c;
            }
        }
    }

    /// <summary>The 3 x 3 block of every voxel, pairs included: 00, 10, 11, 20, 21, 22.</summary>
    public double[][] Blocks()
    {
        var blocks = _diagonal.Select(values => (double[])values.Clone()).ToArray();
        for (int k = 0; k < 3; k++)
        {
            var own = blocks[k == 0 ? 0 : k == 1 ? 2 : 5];
            for (int pair = 0; pair < _left.Length; pair++)
            {
                own[_left[pair]] += _link[k][pair];
                own[_right[pair]] += _link[k][pair];
            }
        }
        return blocks;
    }

    /// <summary>The best S0 of every voxel at a point.</summary>
    public double[] BestS0(double[][] x)
    {
        var s0 = new double[Padded];
        for (int first = 0; first < Padded; first += Lanes) DataAt(x, first).S0.CopyTo(s0, first);
        return s0;
    }

    private ProfiledSums DataAt(double[][] x, int first) => _data.At(Vector256.Create(x[0], first),
        Vector256.Create(x[1], first), Vector256.Create(x[2], first), _signals, Padded, first);

    private void Store(in ProfiledSums sums, int first)
    {
        sums.G0.CopyTo(_gradient[0], first);
        sums.G1.CopyTo(_gradient[1], first);
        sums.G2.CopyTo(_gradient[2], first);
        sums.H00.CopyTo(_diagonal[0], first);
        sums.H10.CopyTo(_diagonal[1], first);
        sums.H11.CopyTo(_diagonal[2], first);
        sums.H20.CopyTo(_diagonal[3], first);
        sums.H21.CopyTo(_diagonal[4], first);
        sums.H22.CopyTo(_diagonal[5], first);
    }

    private double Prior(double[][] x, int i)
    {
        double d0 = x[0][i] - _mean[0], d1 = x[1][i] - _mean[1], d2 = x[2][i] - _mean[2];
        var p = _precision;
        return 0.5 * (p[0] * d0 * d0 + p[2] * d1 * d1 + p[5] * d2 * d2)
            + p[1] * d0 * d1 + p[3] * d0 * d2 + p[4] * d1 * d2;
    }

    private void AddPrior(double[][] x, int i)
    {
        double d0 = x[0][i] - _mean[0], d1 = x[1][i] - _mean[1], d2 = x[2][i] - _mean[2];
        var p = _precision;
        _gradient[0][i] += p[0] * d0 + p[1] * d1 + p[3] * d2;
        _gradient[1][i] += p[1] * d0 + p[2] * d1 + p[4] * d2;
        _gradient[2][i] += p[3] * d0 + p[4] * d1 + p[5] * d2;
        for (int k = 0; k < 6; k++) _diagonal[k][i] += p[k];
    }
}
