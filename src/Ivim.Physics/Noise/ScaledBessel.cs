namespace Ivim.Physics.Noise;

/// <summary>e^(−x) I₀(x) and e^(−x) I₁(x), which stay finite where I₀ and I₁ overflow.</summary>
/// <remarks>
/// Power series below x = 25 (all terms positive, so nothing cancels), asymptotic series above, where its smallest
/// term is below 1e-17: DLMF 10.25.2 and 10.40.1. Relative error below 1e-14.
/// </remarks>
public static class ScaledBessel
{
    private const double AsymptoticFrom = 25;

    /// <param name="x">At least 0.</param>
    public static double I0(double x) => x < AsymptoticFrom ? PowerSeries(x, order: 0) : AsymptoticSeries(x, order: 0);

    /// <param name="x">At least 0.</param>
    public static double I1(double x) => x < AsymptoticFrom ? PowerSeries(x, order: 1) : AsymptoticSeries(x, order: 1);

    private static double PowerSeries(double x, int order)
    {
        double quarter = x * x / 4, term = order == 0 ? 1 : x / 2, sum = 0;
        for (int k = 1; term > sum * 1e-18; k++)
        {
            sum += term;
            term *= quarter / (k * (double)(k + order));
        }
        return sum * Math.Exp(-x);
    }

    private static double AsymptoticSeries(double x, int order)
    {
        double mu = 4.0 * order * order, term = 1, sum = 0;
        for (int k = 1; Math.Abs(term) > 1e-17 && k < 40; k++)
        {
            sum += term;
            term *= -(mu - (2 * k - 1.0) * (2 * k - 1.0)) / (k * 8 * x);
        }
        return sum / Math.Sqrt(2 * Math.PI * x);
    }
}
