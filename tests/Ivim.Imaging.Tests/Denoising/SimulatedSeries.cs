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

    /// <summary>Acquired with this part of k-space and zero-filled, one coil.</summary>
    /// <param name="signalToNoise">null for none.</param>
    public static SliceBlock Acquired(int size, int slices, int matrix, double? signalToNoise, ulong seed = 1)
    {
        var recipe = Recipe(size, size, slices, seed, signalToNoise is null ? NoiseKind.None : NoiseKind.Rician) with
        {
            SignalToNoise = signalToNoise ?? SignalToNoise,
            KSpace = new KSpaceRecipe { Width = matrix, Height = matrix },
        };
        return new SliceBlock(new ImageShape(size, size, slices, BSecondsPerMm2.Length), 0, slices,
            Phantom.Make(recipe, Environment.ProcessorCount).Signals);
    }

    private static float[] Make(int width, int height, int slices, ulong seed, NoiseKind noise) =>
        Phantom.Make(Recipe(width, height, slices, seed, noise)).Signals;

    private static PhantomRecipe Recipe(int width, int height, int slices, ulong seed, NoiseKind noise) => new()
    {
        Kind = PhantomKind.Smooth, Width = width, Height = height, Depth = slices,
        BSecondsPerMm2 = BSecondsPerMm2, Noise = noise, SignalToNoise = SignalToNoise, Seed = seed,
    };
}
