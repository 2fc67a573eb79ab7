using Ivim.Physics.Noise;

namespace Ivim.Physics;

/// <summary>Random voxels without spatial structure: how many, from which ranges, with which noise.</summary>
/// <remarks>
/// The default ranges are those of Kaandorp et al., Magn Reson Med 86 (2021) 2250, doi 10.1002/mrm.28852.
/// </remarks>
public sealed record VoxelRecipe
{
    public required int Voxels { get; init; }

    public required BValueTable Table { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>mm²/s, uniform.</summary>
    public Bounds D { get; init; } = new(0.0005, 0.003);

    public Bounds F { get; init; } = new(0.05, 0.55);

    /// <summary>mm²/s, uniform.</summary>
    public Bounds DStar { get; init; } = new(0.01, 0.1);

    public NoiseKind Noise { get; init; } = NoiseKind.Gaussian;

    /// <summary>S0 / σ of one acquisition; a b-value with n averages has σ / √n.</summary>
    public double SignalToNoise { get; init; } = 20;

    /// <summary>Divides each voxel by its own noisy signal at b = 0, as is done with measured data.</summary>
    public bool DivideByB0 { get; init; } = true;
}
