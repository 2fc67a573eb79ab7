namespace Ivim.Physics.Spatial;

/// <summary>What the polish works on: the voxels of a volume, or of a slab with its halo.</summary>
public sealed record PolishInput
{
    public required VoxelGrid Grid { get; init; }

    public required BValueTable Table { get; init; }

    /// <summary>Denoised magnitudes divided by the voxel's reference signal, [voxels, bvalues].</summary>
    public required ReadOnlyMemory<float> Signals { get; init; }

    /// <summary>σ of one acquired volume before denoising, divided by the same reference signal; length V.</summary>
    public required float[] Sigma { get; init; }

    /// <summary>
    /// Voxels whose noise is independent as a share of all, above 0, at most 1: noise that neighbours share is not
    /// averaged away by them.
    /// </summary>
    public double IndependentShare { get; init; } = 1;

    /// <summary>Scores of the denoised signals on their first principal components, [voxels, components].</summary>
    public required float[] Scores { get; init; }

    /// <summary>Components a voxel, may be 0.</summary>
    public required int Components { get; init; }

    /// <summary>Of the whole study.</summary>
    public required ParameterPrior Prior { get; init; }

    /// <summary>Where the descent begins, and the rest of the guide.</summary>
    public required SpatialMaps Start { get; init; }

    internal void Check()
    {
        int voxels = Grid.Voxels;
        if (Signals.Length != voxels * Table.Count) throw new ArgumentException("signals are not rows of the table");
        if (Sigma.Length != voxels) throw new ArgumentException("one sigma a voxel is expected");
        if (Components < 0 || Scores.Length != voxels * Components)
            throw new ArgumentException("scores are not rows of components");
        if (!(IndependentShare is > 0 and <= 1))
            throw new ArgumentException("an independent share is above 0, at most 1");
        Start.Check(voxels);
        SpatialValues.RequireFinite(Signals.Span, "the signals");
        SpatialValues.RequireFinite(Scores, "the scores");
        SpatialValues.RequireFinite(Sigma, "sigma");
        if (Sigma.Any(sigma => sigma <= 0)) throw new ArgumentException("sigma is above 0");
    }
}
