using System.Numerics;

namespace Ivim.Physics.Phantoms;

/// <summary>
/// Acquires the noise-free images of a phantom as a scanner does: a smooth phase, a central part of k-space with white
/// complex noise in every coil, zeros around it, the coils combined, magnitude.
/// </summary>
/// <remarks>
/// The combination Σ c* y / √Σ|c|² (Roemer et al., Magn Reson Med 16 (1990) 192) with the true sensitivities leaves the
/// noise of a voxel as it is in one coil: σ everywhere, Rician after the magnitude, correlated between neighbours
/// because k-space was cut.
/// </remarks>
internal sealed class KSpaceAcquisition
{
    // Radians at most: a slope that shifts k-space by a few points, as a shim error does.
    private const double PhaseAmplitude = 1.5;

    private readonly PhantomRecipe _recipe;
    private readonly PartialFourier _fourier;
    private readonly CoilArray _coils;
    private readonly SmoothField _phase;
    private readonly RandomStream _noise;
    private readonly double _sigma;

    public KSpaceAcquisition(PhantomRecipe recipe, KSpaceRecipe kSpace, RandomStream phase, RandomStream noise)
    {
        _recipe = recipe;
        _fourier = new PartialFourier(recipe.Width, recipe.Height, kSpace.Width, kSpace.Height);
        _coils = new CoilArray(kSpace.Coils);
        (_phase, _noise) = (new SmoothField(phase), noise);
        _sigma = recipe.Sigma / _fourier.NoiseGain;
    }

    /// <summary>Replaces the images of one slice by acquired ones.</summary>
    /// <param name="signals">[bvalues, voxels]: noise-free on entry, as acquired afterwards.</param>
    /// <param name="withoutNoise">Receives the acquisition without noise; same layout.</param>
    public void AcquireSlice(int z, float[] signals, float[] withoutNoise)
    {
        int length = _recipe.Width * _recipe.Height;
        var profiles = Profiles(z);
        for (int volume = 0; volume < _recipe.BSecondsPerMm2.Count; volume++)
        {
            int image = volume * _recipe.Depth + z;
            Acquire(profiles, (ulong)image, signals.AsSpan(image * length, length),
                withoutNoise.AsSpan(image * length, length));
        }
    }

    private void Acquire(Complex[][] profiles, ulong image, Span<float> signals, Span<float> withoutNoise)
    {
        var (noisy, clean) = (new Complex[signals.Length], new Complex[signals.Length]);
        var weights = new double[signals.Length];
        var received = new Complex[signals.Length];
        for (int coil = 0; coil < profiles.Length; coil++)
        {
            var profile = profiles[coil];
            for (int i = 0; i < received.Length; i++) received[i] = signals[i] * profile[i];
            var points = _fourier.ToKSpace(received);
            Combine(clean, profile, _fourier.ToImage(points));
            AddNoise(points, _noise.Child((ulong)coil), image);
            Combine(noisy, profile, _fourier.ToImage(points));
            for (int i = 0; i < weights.Length; i++)
                weights[i] += profile[i].Real * profile[i].Real + profile[i].Imaginary * profile[i].Imaginary;
        }
        for (int i = 0; i < signals.Length; i++)
        {
            double weight = Math.Sqrt(weights[i]);
            withoutNoise[i] = (float)(clean[i].Magnitude / weight);
            signals[i] = _sigma == 0 ? withoutNoise[i] : (float)(noisy[i].Magnitude / weight);
        }
    }

    private static void Combine(Complex[] sum, Complex[] profile, Complex[] image)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += Complex.Conjugate(profile[i]) * image[i];
    }

    private void AddNoise(Complex[] points, RandomStream stream, ulong image)
    {
        ulong first = image * 2 * (ulong)points.Length;
        for (int i = 0; i < points.Length; i++)
        {
            ulong draw = first + 2 * (ulong)i;
            points[i] += _sigma * new Complex(stream.Gaussian(draw), stream.Gaussian(draw + 1));
        }
    }

    /// <summary>Sensitivity times phase, of every coil on one slice.</summary>
    private Complex[][] Profiles(int z)
    {
        double upward = PhantomLayout.Centre(z, _recipe.Depth);
        var profiles = new Complex[_coils.Count][];
        for (int coil = 0; coil < profiles.Length; coil++)
        {
            profiles[coil] = new Complex[_recipe.Width * _recipe.Height];
            for (int i = 0; i < profiles[coil].Length; i++)
            {
                double x = PhantomLayout.Centre(i % _recipe.Width, _recipe.Width);
                double y = PhantomLayout.Centre(i / _recipe.Width, _recipe.Height);
                var phase = Complex.FromPolarCoordinates(1, PhaseAmplitude * _phase.At(x, y, upward));
                profiles[coil][i] = phase * _coils.Sensitivity(coil, x, y);
            }
        }
        return profiles;
    }
}
