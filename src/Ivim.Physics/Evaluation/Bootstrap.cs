namespace Ivim.Physics.Evaluation;

/// <summary>An estimate and the interval that resampling gives it.</summary>
public readonly record struct BootstrapInterval(double Estimate, double Lower, double Upper);

/// <summary>Percentile intervals of a statistic by drawing the observations again, with replacement.</summary>
/// <remarks>
/// Efron, Ann Stat 7 (1979) 1. Observations are numbers 0 to n − 1, so that a statistic of two series by the same
/// numbers is paired. Of few observations the interval is too narrow: five realisations bound the noise, not more.
/// </remarks>
public static class Bootstrap
{
    /// <param name="observations">n, at least 1.</param>
    /// <param name="statistic">Of a list of n numbers below n.</param>
    /// <param name="level">Share of the draws inside, 0 to 1.</param>
    public static BootstrapInterval Interval(int observations, Func<int[], double> statistic, RandomStream stream,
        double level = 0.95, int draws = 2000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(observations, 1);
        double estimate = statistic([.. Enumerable.Range(0, observations)]);
        var values = new double[draws];
        var drawn = new int[observations];
        for (int draw = 0; draw < draws; draw++)
        {
            for (int i = 0; i < observations; i++)
            {
                ulong bits = stream.Bits((ulong)draw * (ulong)observations + (ulong)i);
                drawn[i] = (int)Math.BigMul(bits, (ulong)observations, out _);
            }
            values[draw] = statistic(drawn);
        }
        Array.Sort(values);
        double tail = (1 - level) / 2;
        return new BootstrapInterval(estimate, Quantile(values, tail), Quantile(values, 1 - tail));
    }

    /// <summary>Linear between the two nearest of the sorted values.</summary>
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
