using Ivim.Physics.Spatial;

namespace Ivim.Physics.Uncertainty;

/// <summary>Maps, and the signals that they were made from.</summary>
public sealed record UncertaintyInput
{
    public required SpatialMaps Maps { get; init; }

    public required VoxelGrid Grid { get; init; }

    public required BValueTable Table { get; init; }

    /// <summary>S(b) / reference, [voxels, bvalues]: what the maps were fitted to, raw or denoised.</summary>
    public required float[] Signals { get; init; }

    /// <summary>What is known of the noise; null where nothing was denoised: the residuals tell it.</summary>
    public ProbedNoise? Noise { get; init; }

    internal void Check()
    {
        int voxels = Grid.Voxels;
        if (voxels != Maps.Voxels || Signals.Length != voxels * Table.Count)
            throw new ArgumentException("maps, grid and signals of one length are expected");
        if (Noise is { } noise && (noise.Sigma.Length != voxels || noise.Response.Length != Signals.Length))
            throw new ArgumentException("the noise is of other voxels than the maps");
    }
}

/// <summary>How the signals answer to more noise.</summary>
/// <param name="Sigma">Standard deviation of one raw volume's noise / reference; above 0, length V.</param>
/// <param name="Response">
/// Change of the denoised signals by white noise added to the raw ones, in units of the standard deviation of what was
/// added, [voxels, bvalues].
/// </param>
public sealed record ProbedNoise(float[] Sigma, float[] Response);

/// <summary>Settings of <see cref="ErrorPropagation"/>.</summary>
public sealed record UncertaintyOptions
{
    /// <summary>Voxels along x and y of the box over which errors are averaged; odd.</summary>
    public int WindowInPlane { get; init; } = 7;

    /// <summary>Slices of the box; odd.</summary>
    public int WindowSlices { get; init; } = 5;

    /// <summary>
    /// Whether maps that miss the least-squares solution on the mean of a box count as wrong by that.
    /// </summary>
    public bool CountsMisfit { get; init; } = true;

    /// <summary>Share of the noise that a later step leaves; 1 for none.</summary>
    public double NoiseShare { get; init; } = 1;

    public ParameterBounds Bounds { get; init; } = ParameterBounds.Default;

    public CancellationToken Cancellation { get; init; }
}
