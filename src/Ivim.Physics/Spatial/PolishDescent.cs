using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Spatial;

/// <summary>
/// One pass: voxels move in turn, each towards the minimum of a quadratic above the cost, rows of one colour at once.
/// </summary>
/// <remarks>
/// Rows so far apart that none holds a neighbour of another have the same colour and may move in any order, hence
/// the same bits for any number of threads. A colour belongs to a row of the volume, not of the slab. The step is
/// that of Gauss and Newton with the pair costs' majoriser, stretched; it is taken where it does not raise data cost
/// plus majoriser, so that the whole cost never rises.
/// </remarks>
internal sealed class PolishDescent
{
    private const double FirstDamping = 1e-2, LeastDamping = 1e-3, MostDamping = 1e8;
    private const int VectorsABlock = 256;

    private readonly PolishOptions _options;
    private readonly PaddedGrid _grid;
    private readonly PolishVectors _vectors;
    private readonly PairCost _pairs;
    private readonly PolishDataTerm _data;
    private readonly TransformedBounds _bounds;
    private readonly float[] _x0, _x1, _x2, _x3;     // log D, logit f, log D*, log S0, padded
    private readonly NormalEquations[] _here;        // [vectors, 2]
    private readonly Vector256<double>[] _damping;   // [vectors, 2]

    public PolishDescent(PolishInput input, PaddedGrid grid, PairCost pairs, PolishOptions options)
    {
        (_grid, _pairs, _options) = (grid, pairs, options);
        _vectors = new PolishVectors(grid, options);
        var shares = PolishNoise.Effective(input, options);
        EffectiveNoise = shares.Order().ElementAt(shares.Length / 2);
        _data = new PolishDataTerm(input, grid, _vectors, shares, options.PriorWeight);
        _bounds = options.Bounds.Transformed();
        var start = input.Start;
        _x0 = grid.Spread(voxel => _bounds.OfD(start.D[voxel]));
        _x1 = grid.Spread(voxel => _bounds.OfF(Math.Max(start.F[voxel], options.LeastStartF)));
        _x2 = grid.Spread(voxel => start.F[voxel] < options.LeastStartF
            ? _bounds.DStar.Clamp(input.Prior.Mean[2])
            : _bounds.OfDStar(start.DStar[voxel]));
        _x3 = grid.Spread(voxel => _bounds.OfS0(start.S0[voxel]));
        _here = new NormalEquations[2 * _vectors.Count];
        _damping = new Vector256<double>[2 * _vectors.Count];
        Parallel.For(0, (_vectors.Count + VectorsABlock - 1) / VectorsABlock, Threads(), Begin);
    }

    /// <summary>Median of e over the voxels.</summary>
    public double EffectiveNoise { get; }

    public void Sweep()
    {
        foreach (var rows in _vectors.RowsByColour)
        {
            Parallel.For(0, rows.Length, Threads(), row =>
            {
                for (int vector = rows[row].First; vector < rows[row].End; vector++) Move(vector);
            });
        }
    }

    /// <summary>The whole cost, added up in the order of the grid.</summary>
    public double Cost()
    {
        double sum = 0;
        for (int vector = 0; vector < _vectors.Count; vector++)
        {
            var (lower, upper) = _vectors.Inside(vector);
            sum += 0.5 * Vector256.Sum(_here[2 * vector].Cost & lower);
            sum += 0.5 * Vector256.Sum(_here[2 * vector + 1].Cost & upper);
            sum += _pairs.CostAt(_vectors.At(vector), _x0, _x1, _x2);
        }
        return sum;
    }

    /// <summary>The unknowns' gradient of the cost at a voxel of the list: log D, logit f, log D*, log S0.</summary>
    public double[] Gradient(int voxel)
    {
        var (vector, lane) = _vectors.Find(_grid.Places[voxel]);
        var pull = _pairs.At(_vectors.At(vector), _x0, _x1, _x2);
        ref var here = ref _here[2 * vector + lane / 4];
        return
        [
            here.G0[lane % 4] - pull.Pull0[lane], here.G1[lane % 4] - pull.Pull1[lane],
            here.G2[lane % 4] - pull.Pull2[lane], here.G3[lane % 4],
        ];
    }

    public SpatialMaps Maps() => new(
        [.. _grid.Places.Select(place => (float)StableExponential.Of(_x0[place]))],
        [.. _grid.Places.Select(place => (float)(1 / (1 + StableExponential.Of(-_x1[place]))))],
        [.. _grid.Places.Select(place => (float)StableExponential.Of(_x2[place]))],
        [.. _grid.Places.Select(place => (float)StableExponential.Of(_x3[place]))]);

    private void Begin(int block)
    {
        int end = Math.Min(_vectors.Count, (block + 1) * VectorsABlock);
        for (int vector = block * VectorsABlock; vector < end; vector++)
        {
            for (int half = 0; half < 2; half++)
            {
                _here[2 * vector + half] = _data.At(Point(_vectors.At(vector) + 4 * half), vector, half);
                _damping[2 * vector + half] = Vector256.Create(FirstDamping);
            }
        }
    }

    private void Move(int vector)
    {
        int at = _vectors.At(vector);
        var pull = _pairs.At(at, _x0, _x1, _x2);
        for (int half = 0; half < 2; half++)
        {
            int four = at + 4 * half;
            var pulls = pull.Pulls(half);
            var stiffness = pull.Stiffness(half);
            ref var here = ref _here[2 * vector + half];
            var point = Point(four);
            var trial = Trial(point, here, pulls, stiffness, _damping[2 * vector + half]);
            var there = _data.At(trial, vector, half);
            Judge(four, point, trial, ref here, there, pulls, stiffness, ref _damping[2 * vector + half]);
        }
    }

    private FourVectors Trial(in FourVectors point, in NormalEquations here, in FourVectors pulls,
        in FourVectors stiffness, Vector256<double> damping)
    {
        var g = new FourVectors(here.G0 - pulls.X0, here.G1 - pulls.X1, here.G2 - pulls.X2, here.G3);
        var free = new FourVectors(Free(point.X0, g.X0, _bounds.D), Free(point.X1, g.X1, _bounds.F),
            Free(point.X2, g.X2, _bounds.DStar), Free(point.X3, g.X3, _bounds.S0));
        var system = here;
        system.H00 += stiffness.X0;
        system.H11 += stiffness.X1;
        system.H22 += stiffness.X2;
        var step = FourByFour.Factor(system, damping, free, Vector256<double>.Zero)
            .Solve(new FourVectors(-g.X0 & free.X0, -g.X1 & free.X1, -g.X2 & free.X2, -g.X3 & free.X3));
        double stretch = _options.OverRelaxation;
        return new FourVectors(SingleLanes.Bounded(point.X0 + step.X0 * stretch, _bounds.D),
            SingleLanes.Bounded(point.X1 + step.X1 * stretch, _bounds.F),
            SingleLanes.Bounded(point.X2 + step.X2 * stretch, _bounds.DStar),
            SingleLanes.Bounded(point.X3 + step.X3 * stretch, _bounds.S0));
    }

    private void Judge(int four, in FourVectors point, in FourVectors trial, ref NormalEquations here,
        in NormalEquations there, in FourVectors pulls, in FourVectors stiffness, ref Vector256<double> damping)
    {
        var rise = (there.Cost - here.Cost) * 0.5
            + Rise(trial.X0 - point.X0, pulls.X0, stiffness.X0) + Rise(trial.X1 - point.X1, pulls.X1, stiffness.X1)
            + Rise(trial.X2 - point.X2, pulls.X2, stiffness.X2);
        var better = Vector256.LessThanOrEqual(rise, Vector256<double>.Zero);
        SingleLanes.Store(_x0, four, better, trial.X0, point.X0);
        SingleLanes.Store(_x1, four, better, trial.X1, point.X1);
        SingleLanes.Store(_x2, four, better, trial.X2, point.X2);
        SingleLanes.Store(_x3, four, better, trial.X3, point.X3);
        here.Take(better, there);
        damping = Vector256.ConditionalSelect(better,
            Vector256.Max(damping * 0.2, Vector256.Create(LeastDamping)),
            Vector256.Min(damping * 10.0, Vector256.Create(MostDamping)));
    }

    private static Vector256<double> Rise(
        Vector256<double> step, Vector256<double> pull, Vector256<double> stiffness) =>
        step * (step * stiffness * 0.5 - pull);

    private static Vector256<double> Free(Vector256<double> x, Vector256<double> gradient, Bounds bounds)
    {
        var zero = Vector256<double>.Zero;
        var low = Vector256.Create((double)(float)bounds.Lower);
        var high = Vector256.Create((double)(float)bounds.Upper);
        return ~((Vector256.LessThanOrEqual(x, low) & Vector256.GreaterThanOrEqual(gradient, zero))
            | (Vector256.GreaterThanOrEqual(x, high) & Vector256.LessThanOrEqual(gradient, zero)));
    }

    private FourVectors Point(int at) => new(SingleLanes.Load(_x0, at), SingleLanes.Load(_x1, at),
        SingleLanes.Load(_x2, at), SingleLanes.Load(_x3, at));

    private ParallelOptions Threads() => new()
    {
        MaxDegreeOfParallelism = _options.DegreeOfParallelism, CancellationToken = _options.Cancellation,
    };
}
