namespace Ivim.Imaging.Denoising;

/// <summary>What local principal component analysis leaves of the noise.</summary>
public static class EffectiveNoise
{
    /// <summary>
    /// Standard deviation of the noise of a denoised signal, mean over the volumes, in units of that of a raw one.
    /// </summary>
    /// <remarks>
    /// A projection of rank p from n samples of M volumes passes p/M + (1 − p/M)(p + 1)/n of the noise's energy to
    /// first order: the voxel's own scores, and the directions of the components and the mean. Averaging over patches
    /// makes it less (by a third where the tissue is flat); components
    /// lost in the noise add a bias that is not counted here.
    /// </remarks>
    /// <param name="keptComponents">p, between 0 and the volumes; a mean over patches need not be whole.</param>
    /// <param name="volumes">M.</param>
    /// <param name="samples">n, voxels of a patch with independent noise.</param>
    public static double Ratio(double keptComponents, int volumes, double samples)
    {
        double own = Math.Clamp(keptComponents / volumes, 0, 1);
        return Math.Sqrt(Math.Min(1, own + (1 - own) * (keptComponents + 1) / samples));
    }
}
