namespace Ivim.Imaging.Denoising;

/// <summary>Where an acquired matrix is known from.</summary>
public enum MatrixSource
{
    NotKnown,

    /// <summary>The edge of the noise's spectrum.</summary>
    Spectrum,

    /// <summary>The header of the acquisition, or the user.</summary>
    Given,
}

/// <summary>Points of k-space that were measured along x and y; what lies between was filled in by the
/// scanner.</summary>
/// <param name="Width">null where it is not known: the image may be as acquired, filtered or resampled.</param>
/// <param name="Height">As the width.</param>
public sealed record AcquiredMatrix(int? Width, int? Height, MatrixSource Source)
{
    public static AcquiredMatrix NotKnown { get; } = new(null, null, MatrixSource.NotKnown);

    public bool IsSmallerThan(Nifti.ImageShape image) => Width < image.Width || Height < image.Height;

    /// <summary>
    /// Zero-filling leaves noise without high frequencies: where the spectrum of the residuals falls off sharply lies
    /// the acquired matrix. A slow fall (a filter, structure among the residuals) is no answer.
    /// </summary>
    public static AcquiredMatrix FromSpectrum(GlobalResiduals residuals)
    {
        int? width = SpectrumEdge.Find(NoiseSpectrum.AlongX(residuals), residuals.Block.Whole.Width);
        int? height = SpectrumEdge.Find(NoiseSpectrum.AlongY(residuals), residuals.Block.Whole.Height);
        return width is null && height is null ? NotKnown : new AcquiredMatrix(width, height, MatrixSource.Spectrum);
    }
}
