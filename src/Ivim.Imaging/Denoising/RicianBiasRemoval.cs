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
}
