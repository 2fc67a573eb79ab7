using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>Projected Levenberg-Marquardt steps on the unit cube of the four unknowns, four voxels at once.</summary>
/// <remarks>
/// Marquardt, J Soc Indust Appl Math 11 (1963) 431; unknowns on a bound whose gradient points outwards are held
/// (Bertsekas, SIAM J Control Optim 20 (1982) 221), the others are clamped to the cube after the step. Lanes never
/// mix.
/// </remarks>
internal readonly struct LevenbergMarquardt(WeightedTable table, ParameterBounds bounds)
{
    public const double FirstDamping = 1e-3;

    private const double LeastDamping = 1e-15;
    private const double StepTolerance = 1e-10;     // of a bound's width
    private const double GainTolerance = 1e-15;     // of the mean square

    private readonly UnitParameters _unit = new(bounds);

    /// <summary>Up to <paramref name="steps"/> steps; converged lanes stand still.</summary>
    /// <param name="y">Signals, one vector per b-value.</param>
    public void Advance(ReadOnlySpan<Vector256<double>> y, ref LaneState state, int steps)
    {
        var here = At(state.Point, y);
        for (int step = 0; step < steps && !state.IsAllDone; step++)
        {
            var free = Free(state.Point, here);
            var change = Factor(here, state.Damping, free).Solve(new FourVectors(
                -here.G0 & free.X0, -here.G1 & free.X1, -here.G2 & free.X2, -here.G3 & free.X3));
            var trial = Clamp(state.Point, change);
            var there = At(trial, y);
            Judge(ref state, ref here, trial, there);
        }
        state.Cost = here.Cost;
    }

    /// <summary>Mean square, gradient and curvature at a point of the unit cube.</summary>
    public NormalEquations At(in FourVectors point, ReadOnlySpan<Vector256<double>> y)
    {
        var (d, f, dStar, s0) = (_unit.D(point.X0), _unit.F(point.X1), _unit.DStar(point.X2), _unit.S0(point.X3));
        var slowPart = Vector256<double>.One - f;
        var scaleD = -s0 * slowPart * Vector256.Create(bounds.D.Width);
        var scaleF = s0 * Vector256.Create(bounds.F.Width);
        var scaleDStar = -s0 * f * dStar * Vector256.Create(_unit.LogWidth);
        var scaleS0 = Vector256.Create(bounds.S0.Width);
        var sums = default(NormalEquations);
        Vector256<double> slow1 = default, slow2 = default, fast1 = default, fast2 = default;   // Σ w r bⁿ e, n = 1, 2
        for (int i = 0; i < y.Length; i++)
        {
            var b = Vector256.Create(table.BSecondsPerMm2[i]);
            var slow = VectorExponential.Exp(-b * d);
            var fast = VectorExponential.Exp(-b * dStar);
            var relative = Vector256.FusedMultiplyAdd(f, fast, slowPart * slow);
            var residual = Vector256.FusedMultiplyAdd(s0, relative, -y[i]);
            var weight = Vector256.Create(table.Weights[i]);
            var (bSlow, bFast, pull) = (b * slow, b * fast, weight * residual);
            sums.Add(weight, residual, scaleD * bSlow, scaleF * (fast - slow), scaleDStar * bFast, scaleS0 * relative);
            slow1 = Vector256.FusedMultiplyAdd(pull, bSlow, slow1);
            slow2 = Vector256.FusedMultiplyAdd(pull * b, bSlow, slow2);
            fast1 = Vector256.FusedMultiplyAdd(pull, bFast, fast1);
            fast2 = Vector256.FusedMultiplyAdd(pull * b, bFast, fast2);
        }
        var widthD = Vector256.Create(bounds.D.Width);
        sums.K00 = -scaleD * widthD * slow2;
        sums.K10 = scaleF * widthD * slow1;
        sums.K30 = -slowPart * widthD * scaleS0 * slow1;
        var perLog = dStar * Vector256.Create(_unit.LogWidth);
        sums.K21 = -scaleF * perLog * fast1;
        sums.K22 = s0 * f * perLog * Vector256.Create(_unit.LogWidth) * (dStar * fast2 - fast1);
        sums.K32 = -f * perLog * scaleS0 * fast1;
        sums.K31 = scaleS0 / s0 * sums.G1;
        return sums;
    }

    // Newton where the second derivative is positive definite, Gauss-Newton elsewhere.
    private static FourByFour Factor(in NormalEquations here, Vector256<double> damping, in FourVectors free)
    {
        var newton = FourByFour.Factor(here, damping, free, Vector256<double>.AllBitsSet);
        return newton.IsPositive.ExtractMostSignificantBits() == 0b1111
            ? newton
            : FourByFour.Factor(here, damping, free, newton.IsPositive);
    }

    private static void Judge(
        ref LaneState state, ref NormalEquations here, in FourVectors trial, in NormalEquations there)
    {
        var better = Vector256.LessThan(there.Cost, here.Cost) & ~state.Done;
        var length = Vector256.Max(
            Vector256.Max(Vector256.Abs(trial.X0 - state.Point.X0), Vector256.Abs(trial.X1 - state.Point.X1)),
            Vector256.Max(Vector256.Abs(trial.X2 - state.Point.X2), Vector256.Abs(trial.X3 - state.Point.X3)));
        var isShort = Vector256.LessThan(length, Vector256.Create(StepTolerance));
        var gainsNothing = Vector256.LessThanOrEqual(
            here.Cost - there.Cost, here.Cost * Vector256.Create(GainTolerance));
        var isNewton = Vector256.LessThan(state.Damping, Vector256.Create(1.0));
        state.Point = Select(better, trial, state.Point);
        state.Damping = Vector256.ConditionalSelect(
            better,
            Vector256.Max(state.Damping * Vector256.Create(0.1), Vector256.Create(LeastDamping)),
            state.Damping * Vector256.Create(8.0));
        here.Take(better, there);
        state.Done |= (better & isNewton & (isShort | gainsNothing)) | (~better & isShort);
    }

    // At the lower end the unknown may move if the gradient is negative, at the upper end if it is positive.
    private static FourVectors Free(in FourVectors point, in NormalEquations here) => new(
        Free(point.X0, here.G0), Free(point.X1, here.G1), Free(point.X2, here.G2), Free(point.X3, here.G3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Free(Vector256<double> x, Vector256<double> gradient)
    {
        var zero = Vector256<double>.Zero;
        var heldLow = Vector256.LessThanOrEqual(x, zero) & Vector256.GreaterThanOrEqual(gradient, zero);
        var heldHigh = Vector256.GreaterThanOrEqual(x, Vector256<double>.One)
            & Vector256.LessThanOrEqual(gradient, zero);
        return ~(heldLow | heldHigh);
    }

    private static FourVectors Clamp(in FourVectors point, in FourVectors change)
    {
        var unit = new Bounds(0, 1);
        return new FourVectors(
            DecaySums.Clamp(point.X0 + change.X0, unit), DecaySums.Clamp(point.X1 + change.X1, unit),
            DecaySums.Clamp(point.X2 + change.X2, unit), DecaySums.Clamp(point.X3 + change.X3, unit));
    }

    private static FourVectors Select(Vector256<double> mask, in FourVectors chosen, in FourVectors otherwise) => new(
        Vector256.ConditionalSelect(mask, chosen.X0, otherwise.X0),
        Vector256.ConditionalSelect(mask, chosen.X1, otherwise.X1),
        Vector256.ConditionalSelect(mask, chosen.X2, otherwise.X2),
        Vector256.ConditionalSelect(mask, chosen.X3, otherwise.X3));
}

/// <summary>Where four descents stand.</summary>
internal struct LaneState
{
    public FourVectors Point;
    public Vector256<double> Damping, Cost, Done;

    public readonly bool IsAllDone => Done.ExtractMostSignificantBits() == 0b1111;
}
