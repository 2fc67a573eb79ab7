namespace Ivim.Physics.Noise;

/// <summary>Adds the noise of a magnitude image to a noise-free signal, draw by draw.</summary>
/// <remarks>Rician: Gudbjartsson and Patz, Magn Reson Med 34 (1995) 910, doi 10.1002/mrm.1910340618.</remarks>
public readonly record struct NoiseModel
{
    private readonly RandomStream _stream;

    /// <param name="sigma">Standard deviation of n in the unit of the signal, finite and at least 0.</param>
    /// <param name="stream">Where the draws come from; the i-th draw depends on this stream and i alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Sigma is negative or not finite, or the kind is unknown.
    /// </exception>
    public NoiseModel(NoiseKind kind, double sigma, RandomStream stream)
    {
        if (!(sigma >= 0 && double.IsFinite(sigma)))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "sigma is expected finite and at least 0");
        if (!Enum.IsDefined(kind)) throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind of noise");
        (Kind, Sigma, _stream) = (kind, sigma, stream);
    }

    public NoiseKind Kind { get; }

    /// <summary>Standard deviation of each of the normal draws, in the unit of the signal.</summary>
    public double Sigma { get; }

    /// <summary>The noisy signal of draw <paramref name="index"/>.</summary>
    public double Apply(double signal, ulong index) => Kind switch
    {
        NoiseKind.None => signal,
        NoiseKind.Gaussian => signal + Sigma * _stream.Gaussian(index),
        _ => Magnitude(signal + Sigma * _stream.Gaussian(2 * index), Sigma * _stream.Gaussian(2 * index + 1)),
    };

    private static double Magnitude(double real, double imaginary) =>
        Math.Sqrt(real * real + imaginary * imaginary);
}
