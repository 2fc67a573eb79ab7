namespace Ivim.Imaging.Denoising;

/// <summary>Finds the sharp end of a spectrum.</summary>
internal static class SpectrumEdge
{
    // Measured: zero-filled phantoms fall by e^2.5 with sharpness 1.6, a zero-filled prostate scan by e^1.4 with 0.6;
    // filtered or unfilled scans by at most e^0.9 with at most 0.4, and white noise by e^0.05.
    private const double LeastFall = 1.0, LeastSharpness = 0.5;

    /// <param name="power">Of the frequencies 0 to length / 2.</param>
    /// <returns>An even number of frequencies below the length, or null.</returns>
    public static int? Find(double[] power, int length)
    {
        int window = Math.Max(3, (int)Math.Round(length / 16.0)), last = power.Length - 1;
        // Slow structure (motion, misfit) owns the lowest frequencies.
        int first = Math.Max(window + 1, length / 8);
        if (first >= last - 1 || power.Any(value => !(value > 0))) return null;
        int edge = first;
        for (int k = first; k < last - 1; k++) edge = Fall(power, k, window) > Fall(power, edge, window) ? k : edge;
        double fall = Fall(power, edge, window), beside = 0;
        foreach (int k in new[] { edge - window, edge + window })
            if (k >= window && k < last - 1) beside = Math.Max(beside, Fall(power, k, window));
        if (fall < LeastFall || fall - beside < LeastSharpness) return null;
        int matrix = 2 * (int)Math.Round(HalfHeight(power, edge, window));
        return matrix < length ? matrix : null;
    }

    /// <summary>Logarithm of the mean power in the window before a frequency over that behind it.</summary>
    private static double Fall(double[] power, int k, int window)
    {
        var before = power[Math.Max(0, k - window)..k];
        var behind = power[(k + 1)..Math.Min(power.Length, k + 1 + window)];
        return Math.Log(before.Average() / behind.Average());
    }

    /// <summary>Where the power passes half of what it is before the edge: there the last measured frequency
    /// lies.</summary>
    private static double HalfHeight(double[] power, int edge, int window)
    {
        int from = Math.Max(0, edge - window - window / 2);
        double half = power[from..(edge - window / 2)].Average() / 2;
        int k = Math.Max(from, edge - window);
        while (k < power.Length - 1 && power[k] > half) k++;
        double above = power[k - 1], below = power[k];
        return above > half && below < above ? k - 1 + (above - half) / (above - below) : k;
    }
}
