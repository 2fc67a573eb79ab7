using Ivim.Imaging.Denoising;
using Ivim.Imaging.Nifti;
using Ivim.Physics.Noise;
using Ivim.Physics.Phantoms;

namespace Ivim.Imaging.Tests.Denoising;

/// <summary>A phantom of the abdomen with twelve b-values, as a block of slices.</summary>
internal static class SimulatedSeries
{
    public const double Sigma = PhantomRecipe.NominalS0 / SignalToNoise;

    private const double SignalToNoise = 20;

    private static readonly double[] BSecondsPerMm2 = [0, 10, 20, 40, 80, 110, 140, 170, 200, 400, 600, 800];

    public static SliceBlock Block(
        int width, int height, int slices, ulong seed = 1, NoiseKind noise = NoiseKind.Rician) =>
        new(new ImageShape(width, height, slices, BSecondsPerMm2.Length), 0, slices,
            Make(width, height, slices, seed, noise));

    public static float[] NoiseFree(int width, int height, int slices, ulong seed = 1) =>
        Make(width, height, slices, seed, NoiseKind.None);

    private static float[] Make(int width, int height, int slices, ulong seed, NoiseKind noise) =>
        Phantom.Make(new PhantomRecipe
        {
            Kind = PhantomKind.Smooth, Width = width, Height = height, Depth = slices,
            BSecondsPerMm2 = BSecondsPerMm2, Noise = noise, SignalToNoise = SignalToNoise, Seed = seed,
        }).Signals;
}
