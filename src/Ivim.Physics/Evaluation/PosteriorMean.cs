namespace Ivim.Physics.Evaluation;

/// <summary>
/// The least error that an estimate of one voxel by itself can have: the posterior mean under the distribution that
/// the truth was drawn from, with S0 and σ known.
/// </summary>
/// <remarks>
/// Quadrature over a grid of midpoints of the uniform ranges. The mean squared error of a posterior mean is the least
/// of all estimates, so a voxel-wise result below it, beyond its sampling error, points to a leak of the truth.
/// </remarks>
public sealed class PosteriorMean
{
    private readonly int _bValues, _points;
    private readonly double[] _d, _f, _dStar;
    private readonly float[] _signals;   // [bvalues, points]

    /// <param name="ranges">Where D, f and D* are drawn from, uniform and independent.</param>
    /// <param name="table">b-values, each with its number of averages.</param>
    /// <param name="perAxis">Points of the grid along each parameter.</param>
    public PosteriorMean(VoxelRecipe ranges, BValueTable table, int perAxis = 48)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(perAxis, 2);
        Table = table;
        (_bValues, _points) = (table.Count, perAxis * perAxis * perAxis);
        (_d, _f, _dStar) = (Midpoints(ranges.D, perAxis), Midpoints(ranges.F, perAxis),
            Midpoints(ranges.DStar, perAxis));
        _signals = new float[_bValues * _points];
        for (int b = 0; b < _bValues; b++)
        {
            double[] slow = [.. _d.Select(d => Math.Exp(-table.SecondsPerMm2[b] * d))];
            double[] fast = [.. _dStar.Select(dStar => Math.Exp(-table.SecondsPerMm2[b] * dStar))];
            for (int point = 0; point < _points; point++)
            {
                var (i, j, k) = Places(point);
                _signals[b * _points + point] = (float)(_f[j] * fast[k] + (1 - _f[j]) * slow[i]);
            }
        }
    }

    public BValueTable Table { get; }

    /// <param name="signals">[voxels, bvalues] divided by the true S0, with Gaussian noise.</param>
    /// <param name="sigma">Of one acquisition, divided by S0.</param>
    public (float[] D, float[] F, float[] DStar) Estimate(
        ReadOnlyMemory<float> signals, double sigma, int degreeOfParallelism = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        int voxels = signals.Length / _bValues;
        var (d, f, dStar) = (new float[voxels], new float[voxels], new float[voxels]);
        var threads = new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism };
        Parallel.For(0, voxels, threads, voxel =>
        {
            var (meanD, meanF, meanDStar) = Of(signals.Span.Slice(voxel * _bValues, _bValues), sigma);
            (d[voxel], f[voxel], dStar[voxel]) = ((float)meanD, (float)meanF, (float)meanDStar);
        });
        return (d, f, dStar);
    }

    private (double D, double F, double DStar) Of(ReadOnlySpan<float> row, double sigma)
    {
        var cost = new float[_points];
        for (int b = 0; b < _bValues; b++)
        {
            float weight = (float)(Table.Averages[b] / (2 * sigma * sigma)), signal = row[b];
            var model = _signals.AsSpan(b * _points, _points);
            for (int point = 0; point < model.Length; point++)
            {
                float residual = signal - model[point];
                cost[point] += weight * residual * residual;
            }
        }
        float least = float.MaxValue;
        foreach (float value in cost) least = Math.Min(least, value);
        double sum = 0, d = 0, f = 0, dStar = 0;
        for (int point = 0; point < _points; point++)
        {
            // e^-30 of the best adds nothing to a mean.
            if (cost[point] - least > 30) continue;
            double weight = Math.Exp(least - cost[point]);
            var (i, j, k) = Places(point);
            sum += weight;
            d += weight * _d[i];
            f += weight * _f[j];
            dStar += weight * _dStar[k];
        }
        return (d / sum, f / sum, dStar / sum);
    }

    private (int D, int F, int DStar) Places(int point)
    {
        int n = _d.Length;
        return (point / (n * n), point / n % n, point % n);
    }

    private static double[] Midpoints(Bounds range, int count) =>
        [.. Enumerable.Range(0, count).Select(i => range.Lower + range.Width * (i + 0.5) / count)];
}
