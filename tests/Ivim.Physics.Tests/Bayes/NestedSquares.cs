using Ivim.Physics.Bayes;
using Ivim.Physics.Evaluation;
using Ivim.Physics.Noise;
using Ivim.Physics.Phantoms;

namespace Ivim.Physics.Tests.Bayes;

/// <summary>The three nested squares of IVIM-NET's example (Kaandorp et al. 2021), 64 x 64, Rician noise.</summary>
/// <remarks>
/// With variation: smooth by up to 12, 15, 20 % of D, f, D* inside each square, log-normal by 5, 8, 12 % in each
/// voxel.
/// </remarks>
internal sealed class NestedSquares
{
    public const int Size = 64;

    private static readonly BValueTable Table = new([0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700]);

    // Outer, middle, centre: D in mm²/s, f, D* in mm²/s.
    private static readonly double[][] Tissues = [[1.0e-3, .45, .07], [1.5e-3, .30, .05], [2.0e-3, .15, .03]];

    private static readonly double[] Smooth = [.12, .15, .20];
    private static readonly double[] Scatter = [.05, .08, .12];

    private readonly float[][] _truth = [new float[Size * Size], new float[Size * Size], new float[Size * Size]];

    public NestedSquares(double signalToNoise, bool varies, ulong seed)
    {
        var root = new RandomStream(seed);
        var noise = new NoiseModel(NoiseKind.Rician, 1 / signalToNoise, root.Child(1));
        var scatter = root.Child(2);
        SmoothField[] fields = [.. Enumerable.Range(0, 9).Select(i => new SmoothField(root.Child(3).Child((ulong)i)))];
        var signals = new float[Size * Size * Table.Count];
        var positions = new VoxelPosition[Size * Size];
        for (int voxel = 0; voxel < Size * Size; voxel++)
        {
            var (x, y) = (voxel % Size, voxel / Size);
            int square = Square(x, y);
            for (int i = 0; i < 3; i++)
            {
                double factor = !varies ? 1
                    : (1 + Smooth[i] * fields[3 * square + i].At(2.0 * x / Size - 1, 2.0 * y / Size - 1, 0))
                    * Math.Exp(Scatter[i] * scatter.Gaussian((ulong)(3 * voxel + i)));
                _truth[i][voxel] = (float)(Tissues[square][i] * factor);
            }
            for (int i = 0; i < Table.Count; i++)
            {
                double b = Table.SecondsPerMm2[i], f = _truth[1][voxel];
                double signal = f * Math.Exp(-b * _truth[2][voxel]) + (1 - f) * Math.Exp(-b * _truth[0][voxel]);
                signals[voxel * Table.Count + i] = (float)noise.Apply(signal, (ulong)(voxel * Table.Count + i));
            }
            positions[voxel] = new VoxelPosition(x, y, 0);
        }
        Input = new BayesInput(signals, Table, positions);
    }

    public BayesInput Input { get; }

    /// <summary>RMSE of D in 10⁻³ mm²/s, f, D* in 10⁻³ mm²/s.</summary>
    public double[] Errors(BayesResult result) => [
        1e3 * ErrorMetrics.Of(result.D.Median, _truth[0]).Rmse, ErrorMetrics.Of(result.F.Median, _truth[1]).Rmse,
        1e3 * ErrorMetrics.Of(result.DStar.Median, _truth[2]).Rmse];

    /// <summary>
    /// Share of voxels whose truth lies within 1.645 spreads of the median: 90 % if posteriors are normal.
    /// </summary>
    public double[] Coverage(BayesResult result) => [.. new[] { result.D, result.F, result.DStar }.Select((map, i) =>
        Enumerable.Range(0, Size * Size).Count(voxel =>
            Math.Abs(map.Median[voxel] - _truth[i][voxel]) < 1.645 * map.Spread[voxel]) / (double)(Size * Size))];

    // The example's squares of 100 voxels: 21 to 79 and 41 to 59.
    private static int Square(int x, int y)
    {
        double reach = Math.Max(Math.Abs(100.0 * x / Size - 50), Math.Abs(100.0 * y / Size - 50));
        return reach < 10 ? 2 : reach < 30 ? 1 : 0;
    }
}
