namespace Ivim.Physics.Noise;

/// <summary>Noise-free signal and noise from the mean and the standard deviation of magnitudes, together.</summary>
/// <remarks>
/// Koay and Basser, J Magn Reson 179 (2006) 317, doi 10.1016/j.jmr.2006.01.016, for one coil: θ = A/σ is the fixed
/// point of θ → √(ξ(θ)(1 + r²) − 2) with r = mean/deviation and ξ(θ) = Var(M)/σ².
/// </remarks>
public static class KoayBasser
{
    // The iteration converges within some ten steps except close to the floor, where it crawls.
    private const int Iterations = 50;
    private const double Tolerance = 1e-12;

    /// <summary>r where there is no signal, √(π/(4 − π)) = 1.913; below it, noise alone explains the data.</summary>
    public static double SmallestRatio { get; } = Math.Sqrt(Math.PI / (4 - Math.PI));

    /// <summary>ξ(θ) = Var(M)/σ², from 2 − π/2 at θ = 0 to 1.</summary>
    public static double VarianceFactor(double theta)
    {
        // mean² − θ² stays of order 1 where 2 + θ² − mean² would lose all digits.
        if (theta > 1000) return 1 - 0.5 / (theta * theta);
        return RicianMoments.Variance(theta, 1);
    }

    /// <param name="mean">Mean of the magnitudes, at least 0.</param>
    /// <param name="deviation">Their standard deviation, above 0, in the same unit.</param>
    /// <returns>A and σ; A = 0 at or below the smallest ratio.</returns>
    public static (double Signal, double Sigma) Solve(double mean, double deviation)
    {
        if (!(mean >= 0 && deviation > 0 && double.IsFinite(mean) && double.IsFinite(deviation)))
            throw new ArgumentOutOfRangeException(nameof(mean), "a mean of at least 0 and a deviation above 0");
        double ratio = mean / deviation;
        double theta = ratio <= SmallestRatio ? 0 : Theta(ratio);
        double sigma = deviation / Math.Sqrt(VarianceFactor(theta));
        return (theta * sigma, sigma);
    }

    private static double Theta(double ratio)
    {
        double theta = ratio;
        for (int i = 0; i < Iterations; i++)
        {
            double square = Next(theta, ratio), next = Math.Sqrt(Math.Max(0, square));
            if (Math.Abs(next - theta) <= Tolerance * ratio) return next;
            theta = next;
        }
        return Bisect(ratio);
    }

    private static double Next(double theta, double ratio) => VarianceFactor(theta) * (1 + ratio * ratio) - 2;

    private static double Bisect(double ratio)
    {
        double low = 0, high = ratio;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (Next(middle, ratio) > middle * middle) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
