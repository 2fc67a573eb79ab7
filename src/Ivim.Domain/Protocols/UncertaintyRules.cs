namespace Ivim.Domain.Protocols;

/// <summary>How the maps' errors are found, and where D* counts as identifiable (docs/uncertainty.md).</summary>
public sealed record UncertaintyRules
{
    /// <summary>Noise that is added to the raw signals to see what a denoiser leaves of it, as a share of
    /// sigma.</summary>
    public double ProbeShare { get; init; } = 0.1;

    /// <summary>Voxels along x and y of the box over which errors are averaged; odd.</summary>
    public int WindowInPlane { get; init; } = 7;

    /// <summary>Slices of that box; odd.</summary>
    public int WindowSlices { get; init; } = 5;

    /// <summary>Share of the noise that the polish leaves.</summary>
    public double PolishedShare { get; init; } = 0.65;

    /// <summary>D* is identifiable where f exceeds this.</summary>
    public double ReliableAboveF { get; init; } = 0.03;

    /// <summary>And where its error is below this share of that of a uniform distribution over the bounds.</summary>
    public double ReliableShareOfIgnorance { get; init; } = 0.5;
}
