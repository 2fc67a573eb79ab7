using Ivim.Physics.Quantities;

namespace Ivim.Physics;

/// <summary>The signal law S(b) = S0 [f exp(−b D*) + (1 − f) exp(−b D)].</summary>
/// <remarks>
/// Le Bihan et al., Radiology 168 (1988) 497, doi 10.1148/radiology.168.2.3393671, in the form with D* alone in the
/// fast term (not D* + D). Every fit, network and phantom of this project means this equation.
/// </remarks>
public static class IvimSignal
{
    /// <summary>S(b) for one voxel and one b-value, in the unit of S0.</summary>
    public static double At(in IvimParameters tissue, BValue b)
    {
        double f = tissue.F.Fraction;
        return tissue.S0.ArbitraryUnits * (f * Math.Exp(-b.SecondsPerMm2 * tissue.DStar.Mm2PerSecond)
            + (1 - f) * Math.Exp(-b.SecondsPerMm2 * tissue.D.Mm2PerSecond));
    }

    /// <summary>Writes S(b) for one voxel.</summary>
    /// <param name="bSecondsPerMm2">s/mm², length B.</param>
    /// <param name="signal">Receives S(b) in the unit of S0, length B.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Predict(in IvimParameters tissue, ReadOnlySpan<double> bSecondsPerMm2, Span<double> signal)
    {
        RequireLength(bSecondsPerMm2.Length, signal.Length, nameof(signal));
        for (int i = 0; i < signal.Length; i++)
            signal[i] = At(tissue, BValue.FromSecondsPerMm2(bSecondsPerMm2[i]));
    }

    /// <summary>Writes the derivatives of S(b) with respect to D, f, D* and S0.</summary>
    /// <param name="bSecondsPerMm2">s/mm², length B.</param>
    /// <param name="jacobian">
    /// Receives [bvalues, 4]: ∂S/∂D and ∂S/∂D* in signal·s/mm², ∂S/∂f in signal, ∂S/∂S0 dimensionless, in the order
    /// D, f, D*, S0; length 4 B.
    /// </param>
    /// <exception cref="ArgumentException">The spans do not fit.</exception>
    public static void Differentiate(
        in IvimParameters tissue, ReadOnlySpan<double> bSecondsPerMm2, Span<double> jacobian)
    {
        RequireLength(4 * bSecondsPerMm2.Length, jacobian.Length, nameof(jacobian));
        double f = tissue.F.Fraction, s0 = tissue.S0.ArbitraryUnits;
        for (int i = 0; i < bSecondsPerMm2.Length; i++)
        {
            double b = BValue.FromSecondsPerMm2(bSecondsPerMm2[i]).SecondsPerMm2;
            double slow = Math.Exp(-b * tissue.D.Mm2PerSecond), fast = Math.Exp(-b * tissue.DStar.Mm2PerSecond);
            jacobian[4 * i] = -s0 * (1 - f) * b * slow;
            jacobian[4 * i + 1] = s0 * (fast - slow);
            jacobian[4 * i + 2] = -s0 * f * b * fast;
            jacobian[4 * i + 3] = f * fast + (1 - f) * slow;
        }
    }

    private static void RequireLength(int expected, int found, string parameterName)
    {
        if (found != expected) throw new ArgumentException($"length is {found}, expected {expected}", parameterName);
    }
}
