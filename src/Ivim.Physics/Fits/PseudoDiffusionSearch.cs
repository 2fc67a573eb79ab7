using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>
/// Segmented step 3: D* alone, on all b-values, with D and f fixed and S0 = 1; logarithmic grid, then Newton.
/// </summary>
internal sealed class PseudoDiffusionSearch
{
    private const int GridPoints = 129;

    private readonly WeightedTable _table;
    private readonly Bounds _bounds;
    private readonly double[] _grid;       // [GridPoints], ln D*
    private readonly double[] _decays;     // [GridPoints, bvalues], exp(−b D*)
    private readonly double[] _squares;    // [GridPoints], Σ w exp(−2 b D*)

    public PseudoDiffusionSearch(WeightedTable table, Bounds dStar)
    {
        (_table, _bounds) = (table, dStar);
        double low = Math.Log(dStar.Lower), high = Math.Log(dStar.Upper);
        _grid = [.. Enumerable.Range(0, GridPoints).Select(i =>
            i == GridPoints - 1 ? high : low + (high - low) * i / (GridPoints - 1))];
        _decays = [.. _grid.SelectMany(u => table.BSecondsPerMm2.Select(b => Math.Exp(-b * Math.Exp(u))))];
        _squares = [.. _grid.Select((_, point) => Enumerable.Range(0, table.Count).Sum(i =>
            table.Weights[i] * _decays[point * table.Count + i] * _decays[point * table.Count + i]))];
    }

    /// <param name="residuals">S/S0 − (1 − f) exp(−b D), one vector per b-value.</param>
    public PseudoDiffusionEstimate Fit(Vector256<double>[] residuals, Vector256<double> f)
    {
        var function = new PerfusionFunction(_table, residuals, f);
        var u = LaneMinimum.Find(ref function, _grid, BestGridPoint(residuals, f));
        var dStar = DecaySums.Clamp(VectorExponential.Exp(u), _bounds);
        dStar = Vector256.ConditionalSelect(
            Vector256.Equals(u, Vector256.Create(_grid[0])), Vector256.Create(_bounds.Lower), dStar);
        dStar = Vector256.ConditionalSelect(
            Vector256.Equals(u, Vector256.Create(_grid[^1])), Vector256.Create(_bounds.Upper), dStar);
        var (cost, information) = function.CostAndInformation(u);
        return new PseudoDiffusionEstimate(dStar, cost, information);
    }

    private Vector256<long> BestGridPoint(Vector256<double>[] residuals, Vector256<double> f)
    {
        var best = Vector256<long>.Zero;
        var lowest = Vector256.Create(double.PositiveInfinity);
        for (int point = 0; point < GridPoints; point++)
        {
            var product = Vector256<double>.Zero;
            for (int i = 0; i < _table.Count; i++)
            {
                var weighted = Vector256.Create(_table.Weights[i] * _decays[point * _table.Count + i]);
                product = Vector256.FusedMultiplyAdd(weighted, residuals[i], product);
            }
            var value = f * (f * Vector256.Create(_squares[point]) - Vector256.Create(2.0) * product);
            var lower = Vector256.LessThan(value, lowest);
            lowest = Vector256.ConditionalSelect(lower, value, lowest);
            best = Vector256.ConditionalSelect(lower.AsInt64(), Vector256.Create((long)point), best);
        }
        return best;
    }
}

/// <param name="MeanSquare">Weighted mean squared residual over all b-values.</param>
/// <param name="Information">Σ w (∂S/∂ ln D*)².</param>
internal readonly record struct PseudoDiffusionEstimate(
    Vector256<double> DStar, Vector256<double> MeanSquare, Vector256<double> Information);

/// <summary>Half the weighted sum of squares as a function of u = ln D*.</summary>
internal readonly struct PerfusionFunction(WeightedTable table, Vector256<double>[] residuals, Vector256<double> f)
    : ILaneFunction
{
    public (Vector256<double> First, Vector256<double> Second) Derivatives(Vector256<double> x)
    {
        var dStar = VectorExponential.Exp(x);
        var first = Vector256<double>.Zero;
        var second = Vector256<double>.Zero;
        for (int i = 0; i < table.Count; i++)
        {
            var bDStar = Vector256.Create(table.BSecondsPerMm2[i]) * dStar;
            var perfused = f * VectorExponential.Exp(-bDStar);
            var slope = bDStar * perfused;                              // −∂S/∂u
            var left = residuals[i] - perfused;
            var weight = Vector256.Create(table.Weights[i]);
            first = Vector256.FusedMultiplyAdd(weight * left, slope, first);
            var curvature = slope * slope + left * slope * (Vector256<double>.One - bDStar);
            second = Vector256.FusedMultiplyAdd(weight, curvature, second);
        }
        return (first, second);
    }

    public (Vector256<double> MeanSquare, Vector256<double> Information) CostAndInformation(Vector256<double> u)
    {
        var dStar = VectorExponential.Exp(u);
        var cost = Vector256<double>.Zero;
        var information = Vector256<double>.Zero;
        for (int i = 0; i < table.Count; i++)
        {
            var bDStar = Vector256.Create(table.BSecondsPerMm2[i]) * dStar;
            var perfused = f * VectorExponential.Exp(-bDStar);
            var left = residuals[i] - perfused;
            var slope = bDStar * perfused;
            var weight = Vector256.Create(table.Weights[i]);
            cost = Vector256.FusedMultiplyAdd(weight * left, left, cost);
            information = Vector256.FusedMultiplyAdd(weight * slope, slope, information);
        }
        return (cost, information);
    }
}
