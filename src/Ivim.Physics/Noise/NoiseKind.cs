namespace Ivim.Physics.Noise;

public enum NoiseKind
{
    None,

    /// <summary>S + n: real-valued images, or magnitude images at high signal-to-noise ratio.</summary>
    Gaussian,

    /// <summary>√((S + n₁)² + n₂²): magnitude images of one coil.</summary>
    Rician,
}
