namespace Ivim.Domain.Protocols;

/// <summary>
/// The guided spatial polish of the merged maps: this project's extension of the published method (docs/polish.md).
/// </summary>
public sealed record PolishRules
{
    public const string None = "none", Guided = "guided";

    /// <summary>Values of <see cref="Start"/>.</summary>
    public const string Weighed = "weighed", FromMaps = "maps";

    /// <summary>`guided` or `none`. Maps without the polish are published in any case.</summary>
    public string Method { get; init; } = Guided;

    /// <summary>
    /// `weighed` or `maps`: whether a network's maps give way to MRF-MAP's at the start where the signals speak for
    /// those.
    /// </summary>
    public string Start { get; init; } = Weighed;

    /// <summary>Voxels along x and y of the patch that its own signals are denoised with; odd.</summary>
    public int PatchInPlane { get; init; } = 3;

    /// <summary>Slices of that patch; odd.</summary>
    public int PatchSlices { get; init; } = 3;

    /// <summary>Principal-component scores of the signals in the guide.</summary>
    public int Scores { get; init; } = 3;

    public int Sweeps { get; init; } = 30;

    /// <summary>At least: standard deviation of the denoised signals as a share of the raw ones'.</summary>
    public double EffectiveNoise { get; init; } = 0.25;

    /// <summary>
    /// The share is at least this many times the maps' misfit, more where neighbours share their noise; 0 leaves the
    /// misfit out.
    /// </summary>
    public double MisfitFactor { get; init; } = 0.35;

    /// <summary>Cost of a unit of difference between neighbours in log D.</summary>
    public double StrengthD { get; init; } = 12;

    /// <summary>Of logit f.</summary>
    public double StrengthF { get; init; } = 4;

    /// <summary>Of log D*.</summary>
    public double StrengthDStar { get; init; } = 2;

    /// <summary>Differences below this cost their square, above it their size.</summary>
    public double EdgeWidth { get; init; } = 0.05;

    /// <summary>Distance of two guides, in units of their noise, at which neighbours pull with weight e^-½.</summary>
    public double GuideWidth { get; init; } = 2.5;

    /// <summary>Share of the study's normal prior.</summary>
    public double PriorWeight { get; init; } = 0.1;
}
