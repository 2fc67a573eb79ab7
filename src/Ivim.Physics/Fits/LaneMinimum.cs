using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>A function of one unknown, four voxels at once.</summary>
internal interface ILaneFunction
{
    /// <summary>First and second derivative at x, both up to the same positive factor.</summary>
    (Vector256<double> First, Vector256<double> Second) Derivatives(Vector256<double> x);
}

/// <summary>
/// The minimum of a function of one unknown inside an interval, by Newton steps that a bracket guards.
/// </summary>
internal static class LaneMinimum
{
    private const int MaxSteps = 120;
    private const double Tolerance = 1e-14;   // of the interval's width

    // Newton needs fewer from a good grid; from here on every second step halves the bracket.
    private const int NewtonSteps = 10;

    /// <param name="grid">Ascending points; the first and the last are the interval's ends.</param>
    /// <param name="best">Index of the grid point with the smallest value, per lane.</param>
    /// <returns>
    /// The minimum between the neighbours of that point; exactly an end where the function falls towards it.
    /// </returns>
    /// <remarks>A lane that has converged is left alone, so that its bits do not depend on the other lanes.</remarks>
    public static Vector256<double> Find<TFunction>(ref TFunction function, double[] grid, Vector256<long> best)
        where TFunction : struct, ILaneFunction
    {
        var (x, low, high) = Bracket(grid, best);
        var bottom = Vector256.Create(grid[0]);
        var top = Vector256.Create(grid[^1]);
        var atBottom = Vector256.Equals(x, bottom)
            & Vector256.GreaterThanOrEqual(function.Derivatives(bottom).First, Vector256<double>.Zero);
        var atTop = Vector256.Equals(x, top)
            & Vector256.LessThanOrEqual(function.Derivatives(top).First, Vector256<double>.Zero);
        var done = atBottom | atTop;
        var tolerance = Vector256.Create(Tolerance * (grid[^1] - grid[0]));
        for (int step = 0; step < MaxSteps && !IsAll(done); step++)
        {
            var (first, second) = function.Derivatives(x);
            var rises = Vector256.GreaterThan(first, Vector256<double>.Zero);
            high = Vector256.ConditionalSelect(rises & ~done, x, high);
            low = Vector256.ConditionalSelect(~rises & ~done, x, low);
            var newton = x - first / second;
            var usable = Vector256.GreaterThan(second, Vector256<double>.Zero)
                & Vector256.GreaterThanOrEqual(newton, low) & Vector256.LessThanOrEqual(newton, high);
            if (step > NewtonSteps && (step & 1) == 1) usable = Vector256<double>.Zero;
            var next = Vector256.ConditionalSelect(usable, newton, (low + high) * Vector256.Create(0.5));
            var moved = Vector256.Abs(next - x);
            x = Vector256.ConditionalSelect(done, x, next);
            done |= Vector256.LessThanOrEqual(moved, tolerance);
        }
        return x;
    }

    private static (Vector256<double> X, Vector256<double> Low, Vector256<double> High) Bracket(
        double[] grid, Vector256<long> best)
    {
        Span<double> x = stackalloc double[4], low = stackalloc double[4], high = stackalloc double[4];
        for (int lane = 0; lane < 4; lane++)
        {
            int index = (int)best[lane];
            x[lane] = grid[index];
            low[lane] = grid[Math.Max(index - 1, 0)];
            high[lane] = grid[Math.Min(index + 1, grid.Length - 1)];
        }
        return (Vector256.Create<double>(x), Vector256.Create<double>(low), Vector256.Create<double>(high));
    }

    private static bool IsAll(Vector256<double> mask) => mask.ExtractMostSignificantBits() == 0b1111;
}
