namespace Ivim.Physics.Noise;

/// <summary>Which eigenvalues of a covariance matrix are noise, by the law of Marchenko and Pastur.</summary>
/// <remarks>
/// Veraart et al., NeuroImage 142 (2016) 394, doi 10.1016/j.neuroimage.2016.08.016: the eigenvalues of pure noise fill
/// an interval of width 4σ²√(M/n), so the largest is taken away until the rest is no wider.
/// </remarks>
public static class MarchenkoPastur
{
    /// <param name="eigenvalues">Of the covariance matrix, ascending, at least one.</param>
    /// <param name="samples">n, of which the covariance was taken; more than there are eigenvalues.</param>
    /// <returns>The mean of the noise eigenvalues, in the unit of the signal squared, and how many they are.</returns>
    public static (double Variance, int NoiseComponents) Classify(ReadOnlySpan<double> eigenvalues, int samples)
    {
        double sum = 0;
        foreach (double value in eigenvalues) sum += Math.Max(value, 0);
        double smallest = Math.Max(eigenvalues[0], 0);
        int count = eigenvalues.Length;
        for (; count > 1; count--)
        {
            double largest = Math.Max(eigenvalues[count - 1], 0);
            if (largest - smallest <= 4 * Math.Sqrt(count / (double)samples) * (sum / count)) break;
            sum -= largest;
        }
        // What subtraction leaves of a spectrum without noise can lie a rounding error below zero.
        return (Math.Max(sum, 0) / count, count);
    }

    /// <summary>
    /// The largest noise eigenvalue in units of σ², square root: 1 + √(M/n). Components below it times σ are noise.
    /// </summary>
    public static double EdgeFactor(int dimensions, int samples) => 1 + Math.Sqrt(dimensions / (double)samples);

    /// <summary>
    /// What the mean noise eigenvalue is to be multiplied by to estimate σ² without bias: the mean over samples and
    /// each signal component take one degree of freedom of the n with them.
    /// </summary>
    /// <remarks>
    /// E[Σ noise eigenvalues] = (M − p)(n − 1 − p)σ²/n; signal components count as in Cordero-Grande et al.,
    /// NeuroImage 200 (2019) 391, doi 10.1016/j.neuroimage.2019.06.039.
    /// </remarks>
    public static double Unbiasing(int samples, int signalComponents) =>
        samples / Math.Max(1.0, samples - 1 - signalComponents);
}
