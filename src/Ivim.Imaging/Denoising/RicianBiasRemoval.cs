using Ivim.Physics.Noise;

namespace Ivim.Imaging.Denoising;

/// <summary>Takes the noise floor out of denoised magnitudes, which stand for the mean of a Rician.</summary>
public static class RicianBiasRemoval
{
    /// <summary>The noise-free signals by first-moment inversion (<see cref="RicianInversion"/>).</summary>
    /// <param name="denoised">With sigma of the raw magnitudes; where it is NaN the signals stay as they are.</param>
    public static DenoisedSlices Apply(DenoisedSlices denoised, int threads)
    {
        int voxels = denoised.Sigma.Length, volumes = denoised.Signals.Length / voxels;
        var corrected = new float[denoised.Signals.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, volumes, parallel, volume =>
        {
            for (int i = 0; i < voxels; i++)
            {
                float value = denoised.Signals[volume * voxels + i], sigma = denoised.Sigma[i];
                corrected[volume * voxels + i] = float.IsNaN(sigma)
                    ? value : (float)RicianInversion.SignalOfMean(value, sigma);
            }
        });
        return denoised with { Signals = corrected };
    }

    /// <summary>
    /// Sigma as the principal component analysis of magnitudes sees it becomes that of the complex channels; without it
    /// sigma is up to a third too small where the signal is lost in noise. For estimated maps, not for given ones.
    /// </summary>
    public static DenoisedSlices CorrectSigma(DenoisedSlices denoised, int threads)
    {
        int voxels = denoised.Sigma.Length, volumes = denoised.Signals.Length / voxels;
        var sigma = (float[])denoised.Sigma.Clone();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, voxels / denoised.Whole.Width, parallel, row =>
        {
            var means = new double[volumes];
            for (int i = row * denoised.Whole.Width; i < (row + 1) * denoised.Whole.Width; i++)
            {
                if (float.IsNaN(sigma[i])) continue;
                for (int volume = 0; volume < volumes; volume++) means[volume] = denoised.Signals[volume * voxels + i];
                sigma[i] = (float)RicianInversion.SigmaOfVariance((double)sigma[i] * sigma[i], means);
            }
        });
        return denoised with { Sigma = sigma };
    }
}
