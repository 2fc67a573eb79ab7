namespace Ivim.Domain.Protocols;

/// <summary>What is done to the noise of the raw volumes, before they are averaged and divided:
/// docs/denoising.md.</summary>
public sealed record DenoisingRules
{
    /// <summary>One of <see cref="DenoisingMethods"/>.</summary>
    public string Method { get; init; } = DenoisingMethods.MarchenkoPasturPca;

    /// <summary>Voxels of a patch along x and along y; odd.</summary>
    public int PatchInPlane { get; init; } = 5;

    /// <summary>Slices of a patch; odd. A series with fewer gets a flatter and wider patch.</summary>
    public int PatchSlices { get; init; } = 5;

    /// <summary>
    /// `acquired` denoises on the acquired matrix where the noise's spectrum shows one; `stored` on the image as it is.
    /// </summary>
    public string Grid { get; init; } = "acquired";

    /// <summary>
    /// Where `local-pca` has its noise level from: `marchenko-pastur`, `background` or `given`.
    /// </summary>
    public string NoiseLevel { get; init; } = "marchenko-pastur";

    /// <summary>The given noise level, standard deviation in scanner units.</summary>
    public double? GivenSigma { get; init; }

    /// <summary>`local-pca` takes components below this many noise levels for noise.</summary>
    public double TauFactor { get; init; } = 2.3;

    /// <summary>
    /// One of <see cref="RicianCorrections"/>: how the noise floor is taken out of the denoised magnitudes.
    /// </summary>
    public string RicianCorrection { get; init; } = RicianCorrections.None;
}

/// <summary>What `denoising.ricianCorrection` may be.</summary>
public static class RicianCorrections
{
    public const string None = "none";

    /// <summary>The signal whose Rician mean the denoised magnitude is, with sigma as it was found.</summary>
    public const string FirstMoment = "first-moment";

    /// <summary>
    /// The same after sigma, which magnitudes show too small where there is little signal, became that of the channels
    /// (Koay and Basser 2006).
    /// </summary>
    public const string KoayBasser = "koay-basser";

    public static IReadOnlyList<string> All { get; } = [None, FirstMoment, KoayBasser];
}

/// <summary>The denoisers that `--denoise` knows.</summary>
public static class DenoisingMethods
{
    public const string None = "none";

    /// <summary>Veraart et al. 2016.</summary>
    public const string MarchenkoPasturPca = "mppca";

    /// <summary>Manjon et al. 2013.</summary>
    public const string LocalPca = "local-pca";

    public static IReadOnlyList<string> All { get; } = [None, MarchenkoPasturPca, LocalPca];
}
