namespace Ivim.Physics.Noise;

/// <summary>Mean and variance of a Rician magnitude.</summary>
/// <remarks>
/// Mean σ √(π/2) L½(−A²/2σ²) with L½(−q) = e^(−q/2) [(1 + q) I₀(q/2) + q I₁(q/2)], second moment A² + 2σ²:
/// Gudbjartsson and Patz, Magn Reson Med 34 (1995) 910, doi 10.1002/mrm.1910340618.
/// </remarks>
public static class RicianMoments
{
    /// <summary>√(π/2): the mean in units of σ where there is no signal.</summary>
    public static double Floor { get; } = Math.Sqrt(Math.PI / 2);

    /// <param name="signal">A ≥ 0, the noise-free signal.</param>
    /// <param name="sigma">σ ≥ 0, in the same unit.</param>
    public static double Mean(double signal, double sigma)
    {
        if (sigma == 0) return signal;
        double q = signal * signal / (2 * sigma * sigma);
        if (double.IsInfinity(q)) return signal;
        double laguerre = (1 + q) * ScaledBessel.I0(q / 2) + q * ScaledBessel.I1(q / 2);
        return sigma * Math.Sqrt(Math.PI / 2) * laguerre;
    }

    /// <summary>The variance, σ² at high signal and (2 − π/2) σ² without signal.</summary>
    public static double Variance(double signal, double sigma)
    {
        double mean = Mean(signal, sigma);
        return Math.Max(0, (signal - mean) * (signal + mean) + 2 * sigma * sigma);
    }

    /// <summary>
    /// √(A² + σ²), the mean to second order in σ/A and cheap to differentiate; σ instead of 1.25 σ where there is no
    /// signal.
    /// </summary>
    public static double ApproximateMean(double signal, double sigma) =>
        Math.Sqrt(signal * signal + sigma * sigma);
}
