namespace Ivim.Physics.Bayes;

/// <summary>By what the difference to a neighbour is divided.</summary>
public enum FieldWeighting
{
    /// <summary>
    /// As published: by |θ| of the voxel itself, in the units of ln mm²/s and logit. Not the conditional of any joint
    /// density, and strong without limit where logit f is near 0, that is f near one half.
    /// </summary>
    Relative,

    /// <summary>By 1: a Markov random field with an absolute-difference potential.</summary>
    Absolute,
}

/// <summary>
/// The spatial prior ln p(θ_i) = −(1/τ) Σ_j |θ_j − θ_i| / w_i over the neighbours j in the mask, for each parameter of
/// θ.
/// </summary>
/// <remarks>
/// Spinner, Federau and Kozerke, Med Image Anal 73 (2021) 102144, doi 10.1016/j.media.2021.102144, with the 5 × 5
/// window and the lengths of their program. Their program updates all voxels at once; here colours are updated in turn.
/// </remarks>
public sealed record MarkovFieldOptions
{
    /// <summary>The published prior; τ = 1 is what their demonstration runs.</summary>
    public static MarkovFieldOptions Published { get; } = new() { Weighting = FieldWeighting.Relative, Tau = 1 };

    /// <summary>The better of the values tried on a phantom with varying tissue.</summary>
    public static MarkovFieldOptions Absolute { get; } = new() { Weighting = FieldWeighting.Absolute, Tau = 4 };

    public required FieldWeighting Weighting { get; init; }

    /// <summary>τ, above 0: smaller is smoother. Dimensionless.</summary>
    public required double Tau { get; init; }

    /// <summary>Neighbours reach so many voxels along x and y; 2 is the published 5 × 5 window.</summary>
    public int InPlaneRadius { get; init; } = 2;

    /// <summary>Neighbours reach so many slices; 0, as published, keeps slices apart.</summary>
    public int ThroughPlaneRadius { get; init; }

    public ChainLength Length { get; init; } = new(2000, 2000);
}
