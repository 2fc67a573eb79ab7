using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Spatial;

/// <summary>One pass: voxels move in turn, each to the minimum of a quadratic above the cost, rows of one colour at once.</summary>
/// <remarks>
/// Rows so far apart that none holds a neighbour of another have the same colour and may move in any order, hence
/// the same bits for any number of threads. A colour belongs to a row of the volume, not of the slab. The step is
/// that of Gauss and Newton with the pair costs' majoriser; it is taken where it lowers data cost plus majoriser, so
/// that the whole cost never rises.
/// </remarks>
internal sealed class PolishDescent
{
    private const double FirstDamping = 1e-2, LeastDamping = 1e-3, MostDamping = 1e8;

    private readonly PaddedGrid _grid;
    private readonly PolishOptions _options;
    private readonly RicianDataTerm _data;
    private readonly PairCost _pairs;
    private readonly TransformedBounds _bounds;
    private readonly float[] _x0, _x1, _x2, _x3;     // log D, logit f, log D*, log S0, padded
    private readonly int[] _at;                      // padded position of a vector of eight voxels
    private readonly int[][] _rows;                  // of a colour: first vector and one behind the last, in pairs
    private readonly float[] _signals;               // [vectors, bvalues, 8]
    private readonly float[] _sigma;                 // padded
    private readonly NormalEquations[] _here;        // [vectors, 2]
    private readonly Vector256<double>[] _damping;   // [vectors, 2]

    public PolishDescent(PolishInput input, PaddedGrid grid, PairCost pairs, PolishOptions options)
    {
        (_grid, _pairs, _options) = (grid, pairs, options);
        _data = new RicianDataTerm(input.Table);
        _bounds = new TransformedBounds(options.Bounds, options.LeastDMm2PerSecond, options.LeastF);
        var start = input.Start;
        _x0 = grid.Spread(voxel => _bounds.OfD(start.D[voxel]));
        _x1 = grid.Spread(voxel => _bounds.OfF(start.F[voxel]));
        _x2 = grid.Spread(voxel => _bounds.OfDStar(start.DStar[voxel]));
        _x3 = grid.Spread(voxel => _bounds.OfS0(start.S0[voxel]));
        _sigma = grid.Spread(voxel => input.Sigma[voxel]);
        (_at, _rows) = Rows();
        _signals = Signals(input);
        _here = new NormalEquations[2 * _at.Length];
        _damping = new Vector256<double>[2 * _at.Length];
        ForAllVectors(vector =>
        {
            for (int half = 0; half < 2; half++)
            {
                _here[2 * vector + half] = DataAt(Point(_at[vector] + 4 * half), vector, half);
                _damping[2 * vector + half] = Vector256.Create(FirstDamping);
            }
        });
    }

    public void Sweep()
    {
        foreach (var rows in _rows)
        {
            Parallel.For(0, rows.Length / 2, Threads(), row =>
            {
                for (int vector = rows[2 * row]; vector < rows[2 * row + 1]; vector++) Move(vector);
            });
        }
    }

    public SpatialMaps Maps() => new(
        [.. _grid.Places.Select(place => (float)StableExponential.Of(_x0[place]))],
        [.. _grid.Places.Select(place => (float)(1 / (1 + StableExponential.Of(-_x1[place]))))],
        [.. _grid.Places.Select(place => (float)StableExponential.Of(_x2[place]))],
        [.. _grid.Places.Select(place => (float)StableExponential.Of(_x3[place]))]);

    private void Move(int vector)
    {
        int at = _at[vector];
        var pull = _pairs.At(at, _x0, _x1, _x2);
        for (int half = 0; half < 2; half++)
        {
            int four = at + 4 * half;
            var pulls = new FourVectors(
                Wide(pull.Pull0, half), Wide(pull.Pull1, half), Wide(pull.Pull2, half), Vector256<double>.Zero);
            var stiffness = new FourVectors(Wide(pull.Stiffness0, half), Wide(pull.Stiffness1, half),
                Wide(pull.Stiffness2, half), Vector256<double>.Zero);
            ref var here = ref _here[2 * vector + half];
            var point = Point(four);
            var trial = Trial(point, here, pulls, stiffness, _damping[2 * vector + half]);
            var there = DataAt(trial, vector, half);
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
        return new FourVectors(Bounded(point.X0 + step.X0 * stretch, _bounds.D),
            Bounded(point.X1 + step.X1 * stretch, _bounds.F),
            Bounded(point.X2 + step.X2 * stretch, _bounds.DStar), Bounded(point.X3 + step.X3 * stretch, _bounds.S0));
    }

    private void Judge(int four, in FourVectors point, in FourVectors trial, ref NormalEquations here,
        in NormalEquations there, in FourVectors pulls, in FourVectors stiffness, ref Vector256<double> damping)
    {
        var rise = (there.Cost - here.Cost) * 0.5
            + Rise(trial.X0 - point.X0, pulls.X0, stiffness.X0) + Rise(trial.X1 - point.X1, pulls.X1, stiffness.X1)
            + Rise(trial.X2 - point.X2, pulls.X2, stiffness.X2);
        var better = Vector256.LessThanOrEqual(rise, Vector256<double>.Zero);
        Store(_x0, four, better, trial.X0, point.X0);
        Store(_x1, four, better, trial.X1, point.X1);
        Store(_x2, four, better, trial.X2, point.X2);
        Store(_x3, four, better, trial.X3, point.X3);
        here.Take(better, there);
        damping = Vector256.ConditionalSelect(better,
            Vector256.Max(damping * 0.2, Vector256.Create(LeastDamping)),
            Vector256.Min(damping * 10.0, Vector256.Create(MostDamping)));
    }

    private static Vector256<double> Rise(Vector256<double> step, Vector256<double> pull, Vector256<double> stiffness) =>
        step * (step * stiffness * 0.5 - pull);

    private NormalEquations DataAt(in FourVectors point, int vector, int half)
    {
        int at = _at[vector] + 4 * half;
        var sigma = Load(_sigma, at);
        var inside = Load(_grid.Inside, at);
        var noise = Vector256.Max(sigma, Vector256.Create((double)float.Epsilon)) * _options.EffectiveNoise;
        int perVector = _data.BValues * PaddedGrid.Lanes;
        return _data.At(point, _signals.AsSpan(vector * perVector, perVector), 4 * half, sigma * sigma,
            Vector256.ConditionalSelect(Vector256.GreaterThan(inside, Vector256<double>.Zero),
                Vector256<double>.One / (noise * noise), Vector256<double>.Zero));
    }

    private FourVectors Point(int at) => new(Load(_x0, at), Load(_x1, at), Load(_x2, at), Load(_x3, at));

    // The unknowns are kept in single precision: what is judged is what is kept.
    private static Vector256<double> Bounded(Vector256<double> value, Bounds bounds)
    {
        var inside = DecaySums.Clamp(value, bounds);
        var single = Vector128.Narrow(inside.GetLower(), inside.GetUpper());
        return Vector256.Create(Vector128.WidenLower(single), Vector128.WidenUpper(single));
    }

    private static Vector256<double> Free(Vector256<double> x, Vector256<double> gradient, Bounds bounds)
    {
        var zero = Vector256<double>.Zero;
        var low = Vector256.Create((double)(float)bounds.Lower);
        var high = Vector256.Create((double)(float)bounds.Upper);
        return ~((Vector256.LessThanOrEqual(x, low) & Vector256.GreaterThanOrEqual(gradient, zero))
            | (Vector256.GreaterThanOrEqual(x, high) & Vector256.LessThanOrEqual(gradient, zero)));
    }

    private static void Store(
        float[] values, int at, Vector256<double> mask, Vector256<double> chosen, Vector256<double> otherwise)
    {
        var kept = Vector256.ConditionalSelect(mask, chosen, otherwise);
        Vector128.Narrow(kept.GetLower(), kept.GetUpper()).CopyTo(values, at);
    }

    private static Vector256<double> Load(float[] values, int at)
    {
        var four = Vector128.Create(values, at);
        return Vector256.Create(Vector128.WidenLower(four), Vector128.WidenUpper(four));
    }

    private static Vector256<double> Wide(Vector256<float> eight, int half) =>
        half == 0 ? Vector256.WidenLower(eight) : Vector256.WidenUpper(eight);

    private ParallelOptions Threads() => new()
    {
        MaxDegreeOfParallelism = _options.DegreeOfParallelism, CancellationToken = _options.Cancellation,
    };

    private void ForAllVectors(Action<int> work) => Parallel.For(0, (_at.Length + 255) / 256, Threads(), block =>
    {
        for (int vector = block * 256; vector < Math.Min(_at.Length, (block + 1) * 256); vector++) work(vector);
    });

    private (int[] At, int[][] Rows) Rows()
    {
        int inPlane = _options.RadiusInPlane + 1, across = _options.RadiusAcross + 1;
        var at = new List<int>();
        var rows = new List<int>[inPlane * across];
        for (int colour = 0; colour < rows.Length; colour++) rows[colour] = [];
        for (int z = 0; z < _grid.Depth; z++)
        {
            for (int y = 0; y < _grid.Height; y++)
            {
                int first = at.Count;
                for (int group = 0; group < _grid.GroupsPerRow; group++)
                {
                    int place = _grid.Position(group * PaddedGrid.Lanes, y, z);
                    if (_grid.Inside.AsSpan(place, PaddedGrid.Lanes).ContainsAnyExcept(0f)) at.Add(place);
                }
                if (at.Count == first) continue;
                rows[(z + _grid.FirstSlice) % across * inPlane + y % inPlane].AddRange([first, at.Count]);
            }
        }
        return ([.. at], [.. rows.Select(list => list.ToArray())]);
    }

    private float[] Signals(PolishInput input)
    {
        var voxelAt = new int[_grid.Count];
        Array.Fill(voxelAt, -1);
        for (int voxel = 0; voxel < _grid.Places.Length; voxel++) voxelAt[_grid.Places[voxel]] = voxel;
        int bValues = input.Table.Count;
        var turned = new float[_at.Length * bValues * PaddedGrid.Lanes];
        for (int vector = 0; vector < _at.Length; vector++)
        {
            for (int lane = 0; lane < PaddedGrid.Lanes; lane++)
            {
                int voxel = voxelAt[_at[vector] + lane];
                if (voxel < 0) continue;
                var row = input.Signals.Span.Slice(voxel * bValues, bValues);
                for (int i = 0; i < bValues; i++)
                    turned[(vector * bValues + i) * PaddedGrid.Lanes + lane] = row[i];
            }
        }
        return turned;
    }
}
