namespace Ivim.Imaging.Denoising;

/// <summary>Finds the sharp end of a spectrum.</summary>
internal static class SpectrumEdge
{
    // Measured: zero-filled phantoms fall by e^2.5 with sharpness 1.6, a zero-filled prostate scan by e^1.4 with 0.6;
    // filtered or unfilled scans by at most e^0.9 with at most 0.4, and white noise by e^0.05.
    private const double LeastFall = 1.0, LeastSharpness = 0.5;

    private const double MaskBlur = 3;

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
        double half = Below(power, edge, window, 0.5), end = Below(power, edge, window, 0.2);
        // The mask blurs the end of zero-filled data by a bin or two. A longer slope is a filter of the scanner: only
        // its far end loses no signal.
        int matrix = 2 * (int)Math.Round(end - half <= MaskBlur ? half : end);
        return matrix < length ? matrix : null;
    }

    /// <summary>Logarithm of the mean power in the window before a frequency over that behind it.</summary>
    private static double Fall(double[] power, int k, int window)
    {
        var before = power[Math.Max(0, k - window)..k];
        var behind = power[(k + 1)..Math.Min(power.Length, k + 1 + window)];
        return Math.Log(before.Average() / behind.Average());
    }

    /// <summary>Where the power passes a share of what it is before the edge.</summary>
    private static double Below(double[] power, int edge, int window, double share)
    {
        int from = Math.Max(0, edge - window - window / 2);
        double level = share * power[from..(edge - window / 2)].Average();
        int k = Math.Max(from, edge - window);
        while (k < power.Length - 1 && power[k] > level) k++;
        double above = power[k - 1], below = power[k];
        return above > level && below < above ? k - 1 + (above - level) / (above - below) : k;
    }
}
