using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>
/// Segmented step 1: least squares of S/S0 = (1 − f) exp(−b D) over the high b-values, D and f within bounds.
/// </summary>
/// <remarks>
/// Variable projection (Golub and Pereyra, SIAM J Numer Anal 10 (1973) 413): for a given D the best amplitude A = 1 −
/// f is a quotient of sums, clamped to its bounds, which leaves a function of D alone. A grid finds its deepest
/// valley.
/// </remarks>
internal sealed class HighBDecay
{
    private const int GridPoints = 65;

    private readonly WeightedTable _table;
    private readonly double[] _grid;         // [GridPoints], mm²/s
    private readonly double[] _decays;       // [GridPoints, bvalues], exp(−b D)
    private readonly double[] _squares;      // [GridPoints], Σ w exp(−2 b D)
    private readonly Bounds _amplitude;

    public HighBDecay(WeightedTable table, ParameterBounds bounds)
    {
        _table = table;
        _amplitude = new Bounds(1 - bounds.F.Upper, 1 - bounds.F.Lower);
        _grid = [.. Enumerable.Range(0, GridPoints).Select(i =>
            i == GridPoints - 1 ? bounds.D.Upper : bounds.D.Lower + bounds.D.Width * i / (GridPoints - 1))];
        _decays = [.. _grid.SelectMany(d => table.BSecondsPerMm2.Select(b => Math.Exp(-b * d)))];
        _squares = [.. _grid.Select((_, point) => Enumerable.Range(0, table.Count).Sum(i =>
            table.Weights[i] * _decays[point * table.Count + i] * _decays[point * table.Count + i]))];
    }

    /// <summary>D, the amplitude 1 − f, and the standard errors of both, of four voxels.</summary>
    public HighBEstimate Fit(SignalBlock block, int firstLane)
    {
        var function = new DecayFunction(_table, _amplitude, block, firstLane);
        var d = LaneMinimum.Find(ref function, _grid, BestGridPoint(block, firstLane));
        var sums = function.Sums(d);
        return new HighBEstimate(d, sums.Amplitude(_amplitude), sums, _table.Count);
    }

    private Vector256<long> BestGridPoint(SignalBlock block, int firstLane)
    {
        var best = Vector256<long>.Zero;
        var lowest = Vector256.Create(double.PositiveInfinity);
        for (int point = 0; point < GridPoints; point++)
        {
            var product = Vector256<double>.Zero;
            for (int i = 0; i < _table.Count; i++)
            {
                var weighted = Vector256.Create(_table.Weights[i] * _decays[point * _table.Count + i]);
                product = Vector256.FusedMultiplyAdd(weighted, block.Load(_table.FirstIndex + i, firstLane), product);
            }
            var squares = Vector256.Create(_squares[point]);
            var amplitude = DecaySums.Clamp(product / (squares + Vector256.Create(1e-300)), _amplitude);
            var value = amplitude * (amplitude * squares - Vector256.Create(2.0) * product);   // without Σ w y²
            var lower = Vector256.LessThan(value, lowest);
            lowest = Vector256.ConditionalSelect(lower, value, lowest);
            best = Vector256.ConditionalSelect(lower.AsInt64(), Vector256.Create((long)point), best);
        }
        return best;
    }
}

/// <summary>The result of step 1 for four voxels, with what its standard errors need.</summary>
internal readonly record struct HighBEstimate(
    Vector256<double> D, Vector256<double> Amplitude, DecaySums Sums, int BValues);

/// <summary>Weighted sums over the high b-values at one D: y signal, e = exp(−b D).</summary>
internal struct DecaySums
{
    public Vector256<double> Yy, Ye, Ee, Ybe, Bee, Ybbe, Bbee;

    public readonly Vector256<double> Amplitude(Bounds bounds) =>
        Clamp(Ye / (Ee + Vector256.Create(1e-300)), bounds);   // the addend guards against underflow at huge b

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Clamp(Vector256<double> value, Bounds bounds) =>
        Vector256.Min(Vector256.Max(value, Vector256.Create(bounds.Lower)), Vector256.Create(bounds.Upper));
}

internal readonly struct DecayFunction(WeightedTable table, Bounds amplitude, SignalBlock block, int firstLane)
    : ILaneFunction
{
    public (Vector256<double> First, Vector256<double> Second) Derivatives(Vector256<double> x)
    {
        var sums = Sums(x);
        var a = sums.Amplitude(amplitude);
        var first = a * (sums.Ybe - a * sums.Bee);
        var curvature = a * (Vector256.Create(2.0) * a * sums.Bbee - sums.Ybbe);
        var mixed = sums.Ybe - Vector256.Create(2.0) * a * sums.Bee;
        var projected = curvature - mixed * mixed / (sums.Ee + Vector256.Create(1e-300));
        var isFree = Vector256.GreaterThan(a, Vector256.Create(amplitude.Lower))
            & Vector256.LessThan(a, Vector256.Create(amplitude.Upper));
        return (first, Vector256.ConditionalSelect(isFree, projected, curvature));
    }

    public DecaySums Sums(Vector256<double> d)
    {
        var sums = default(DecaySums);
        for (int i = 0; i < table.Count; i++)
        {
            var b = Vector256.Create(table.BSecondsPerMm2[i]);
            var y = block.Load(table.FirstIndex + i, firstLane);
            var e = VectorExponential.Exp(-b * d);
            var we = Vector256.Create(table.Weights[i]) * e;
            var wbe = b * we;
            sums.Yy = Vector256.FusedMultiplyAdd(Vector256.Create(table.Weights[i]) * y, y, sums.Yy);
            sums.Ye = Vector256.FusedMultiplyAdd(we, y, sums.Ye);
            sums.Ee = Vector256.FusedMultiplyAdd(we, e, sums.Ee);
            sums.Ybe = Vector256.FusedMultiplyAdd(wbe, y, sums.Ybe);
            sums.Bee = Vector256.FusedMultiplyAdd(wbe, e, sums.Bee);
            sums.Ybbe = Vector256.FusedMultiplyAdd(b * wbe, y, sums.Ybbe);
            sums.Bbee = Vector256.FusedMultiplyAdd(b * wbe, e, sums.Bbee);
        }
        return sums;
    }
}
