using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Fits;

/// <summary>
/// Four unknowns scaled to the unit interval: D, f and S0 linearly within their bounds, D* logarithmically.
/// </summary>
internal readonly struct UnitParameters(ParameterBounds bounds)
{
    private readonly double _logWidth = Math.Log(bounds.DStar.Upper / bounds.DStar.Lower);
    private readonly double _logLower = Math.Log(bounds.DStar.Lower);

    public double LogWidth => _logWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> D(Vector256<double> unit) => Linear(unit, bounds.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> F(Vector256<double> unit) => Linear(unit, bounds.F);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> S0(Vector256<double> unit) => Linear(unit, bounds.S0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> DStar(Vector256<double> unit) => DecaySums.Clamp(
        VectorExponential.Exp(Vector256.FusedMultiplyAdd(
            unit, Vector256.Create(_logWidth), Vector256.Create(_logLower))),
        bounds.DStar);

    public double UnitDStar(double dStarMm2PerSecond) =>
        Math.Clamp((Math.Log(dStarMm2PerSecond) - _logLower) / _logWidth, 0, 1);

    public static Vector256<double> UnitOf(Vector256<double> value, Bounds bounds) =>
        DecaySums.Clamp((value - Vector256.Create(bounds.Lower)) / Vector256.Create(bounds.Width), new Bounds(0, 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Linear(Vector256<double> unit, Bounds range) => DecaySums.Clamp(
        Vector256.FusedMultiplyAdd(unit, Vector256.Create(range.Width), Vector256.Create(range.Lower)), range);
}
