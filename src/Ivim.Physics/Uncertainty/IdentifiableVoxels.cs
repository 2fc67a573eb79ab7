using Ivim.Physics.Fits;

namespace Ivim.Physics.Uncertainty;

/// <summary>Where the signals say something about D*.</summary>
public static class IdentifiableVoxels
{
    /// <param name="f">Fraction, length V.</param>
    /// <param name="errorOfDStar">Standard deviation of D*, mm²/s.</param>
    /// <param name="aboveF">f must exceed it.</param>
    /// <param name="shareOfIgnorance">
    /// The error must be below this share of the standard deviation of a uniform distribution over the bounds.
    /// </param>
    /// <returns>False also where a value is not finite.</returns>
    public static bool[] Of(
        float[] f, float[] errorOfDStar, Bounds dStar, double aboveF, double shareOfIgnorance)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(errorOfDStar);
        double largest = shareOfIgnorance * StandardErrors.OfIgnorance(dStar);
        return [.. f.Zip(errorOfDStar, (share, error) => share > aboveF && error < largest)];
    }
}
