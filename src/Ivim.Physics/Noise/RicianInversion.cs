namespace Ivim.Physics.Noise;

/// <summary>The noise-free signal behind a Rician mean: takes the noise floor out of a denoised magnitude.</summary>
/// <remarks>
/// Inverts the first moment, Gudbjartsson and Patz, Magn Reson Med 34 (1995) 910, doi 10.1002/mrm.1910340618. With
/// m = mean/σ and θ = A/σ, m² − θ² falls smoothly from π/2 at the floor to 1: it is tabulated with its exact slope
/// (2m − dθ²/dm, dm/dθ² = √(π/2)/4 · e^(−θ²/4) (I₀ + I₁)(θ²/4)) and interpolated by cubics. Error of θ² below 1e-9.
/// </remarks>
public static class RicianInversion
{
    private const int Cells = 2048;
    private const double Last = 16;
    private static readonly double Step = (Last - RicianMoments.Floor) / Cells;
    private static readonly (double Value, double Slope)[] Table = MakeTable();

    /// <param name="mean">E[M], estimated by a denoiser or an average, finite.</param>
    /// <param name="sigma">σ ≥ 0 of the raw magnitudes, in the same unit.</param>
    /// <returns>A ≥ 0; 0 where the mean is at the floor σ√(π/2) or below.</returns>
    public static double SignalOfMean(double mean, double sigma)
    {
        if (sigma == 0) return Math.Max(mean, 0);
        double ratio = mean / sigma;
        if (!(ratio > RicianMoments.Floor)) return double.IsNaN(ratio) ? double.NaN : 0;
        return sigma * Math.Sqrt(Math.Max(0, ratio * ratio - Excess(ratio)));
    }

    /// <summary>Var(M)/σ² at a given mean: 2 − (m² − θ²), from 2 − π/2 at the floor and below to 1.</summary>
    /// <param name="mean">E[M], finite.</param>
    /// <param name="sigma">Above 0.</param>
    public static double VarianceFactor(double mean, double sigma)
    {
        double ratio = mean / sigma;
        return ratio > RicianMoments.Floor ? 2 - Excess(ratio) : 2 - Math.PI / 2;
    }

    /// <summary>
    /// σ of the channels from the variance of magnitudes, which is smaller where there is little signal: a principal
    /// component analysis of magnitudes measures the mean variance over the volumes.
    /// </summary>
    /// <param name="variance">Mean over the volumes, at least 0.</param>
    /// <param name="means">E[M] of each volume, in the unit of σ.</param>
    /// <remarks>Koay and Basser's correction, J Magn Reson 179 (2006) 317, with one σ for several means.</remarks>
    public static double SigmaOfVariance(double variance, ReadOnlySpan<double> means)
    {
        double low = Math.Sqrt(variance), high = low / Math.Sqrt(2 - Math.PI / 2);
        for (int i = 0; i < 40 && high - low > 1e-9 * high; i++)
        {
            double sigma = (low + high) / 2, factor = 0;
            foreach (double mean in means) factor += VarianceFactor(mean, sigma) / means.Length;
            if (sigma * sigma * factor < variance) low = sigma;
            else high = sigma;
        }
        return (low + high) / 2;
    }

    /// <summary>m² − θ².</summary>
    private static double Excess(double ratio)
    {
        double place = (ratio - RicianMoments.Floor) / Step;
        // Asymptotic series of the mean, θ + 1/2θ + 1/8θ³: three terms leave 1e-5 of one at 16.
        if (place >= Cells) return 1 + 0.5 / (ratio * ratio - 1);
        int cell = (int)place;
        double t = place - cell, u = 1 - t;
        var (a, b) = (Table[cell], Table[cell + 1]);
        return u * u * ((1 + 2 * t) * a.Value + t * Step * a.Slope)
            + t * t * ((1 + 2 * u) * b.Value - u * Step * b.Slope);
    }

    private static (double, double)[] MakeTable()
    {
        var table = new (double, double)[Cells + 1];
        for (int i = 0; i <= Cells; i++)
        {
            double mean = RicianMoments.Floor + i * Step;
            double theta = i == 0 ? 0 : Bisect(mean), quarter = theta * theta / 4;
            double slope = Math.Sqrt(Math.PI / 2) / 4 * (ScaledBessel.I0(quarter) + ScaledBessel.I1(quarter));
            table[i] = (mean * mean - theta * theta, 2 * mean - 1 / slope);
        }
        return table;
    }

    private static double Bisect(double mean)
    {
        double low = 0, high = mean;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (RicianMoments.Mean(middle, 1) < mean) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
