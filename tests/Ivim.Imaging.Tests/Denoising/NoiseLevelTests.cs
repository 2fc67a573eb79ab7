using Ivim.Imaging.Denoising;
using Ivim.Imaging.Nifti;
using Ivim.Physics;
using Ivim.Physics.Noise;

namespace Ivim.Imaging.Tests.Denoising;

public sealed class NoiseLevelTests
{
    [Fact]
    public void The_background_shows_sigma_by_both_estimators()
    {
        var noise = BackgroundNoise.Of(SimulatedSeries.Block(64, 64, 4));
        // Local values of 49 voxels scatter by 7 %; the mode of some hundred windows is known to a third of that.
        Assert.Equal(SimulatedSeries.Sigma, noise.SigmaFromMean, 0.04 * SimulatedSeries.Sigma);
        Assert.Equal(SimulatedSeries.Sigma, noise.SigmaFromSecondMoment, 0.04 * SimulatedSeries.Sigma);
    }

    [Fact]
    public void A_zeroed_background_is_refused()
    {
        var block = SimulatedSeries.Block(64, 64, 4);
        var clean = SimulatedSeries.NoiseFree(64, 64, 4);
        for (int i = 0; i < clean.Length; i++) block.Voxels[i] *= clean[i % block.VoxelsPerVolume] > 0 ? 1 : 0;
        AssertRefused("NOISE-BACKGROUND-ZEROED", block);
    }

    [Fact]
    public void An_image_of_tissue_alone_is_refused()
    {
        var stream = new RandomStream(1);
        float[] voxels = [.. Enumerable.Range(0, 40 * 40 * 2 * 5)
            .Select(i => (float)new NoiseModel(NoiseKind.Rician, 20, stream).Apply(400 + i % 40, (ulong)i))];
        AssertRefused("NOISE-NO-BACKGROUND", new SliceBlock(new ImageShape(40, 40, 2, 5), 0, 2, voxels));
    }

    [Fact]
    public void The_bias_of_denoised_magnitudes_is_removed()
    {
        // A single tissue at a signal-to-noise ratio of 2: what a denoiser estimates is the mean of the Rician.
        const double Signal = 100, Sigma = 50;
        var stream = new RandomStream(2);
        var shape = new ImageShape(15, 15, 7, 6);
        float[] voxels = [.. Enumerable.Range(0, (int)shape.Voxels)
            .Select(i => (float)new NoiseModel(NoiseKind.Rician, Sigma, stream).Apply(Signal, (ulong)i))];
        var denoised = LocalPca.Denoise(new SliceBlock(shape, 0, 7, voxels), 0, 6,
            new LocalPcaOptions { Sigma = [Sigma] });
        double mean = RicianMoments.Mean(Signal, Sigma);
        // The mean of 10,000 values that scatter by sigma.
        Assert.Equal(mean, denoised.Signals.Average(), 0.04 * Sigma);
        Assert.Equal(Signal, RicianBiasRemoval.Apply(denoised, threads: 2).Signals.Average(), 0.06 * Sigma);
    }

    [Fact]
    public void Sigma_is_the_same_in_air_and_in_tissue_once_corrected()
    {
        var block = SimulatedSeries.Block(32, 32, 6);
        var clean = SimulatedSeries.NoiseFree(32, 32, 6);
        var denoised = LocalPca.Denoise(block, 0, 5, new LocalPcaOptions());
        double[] Air(DenoisedSlices slices) => [.. slices.Sigma
            .Where((_, i) => clean[i] == 0).Select(value => value / SimulatedSeries.Sigma).Order()];
        var raw = Air(denoised);
        var corrected = Air(RicianBiasRemoval.CorrectSigma(denoised, threads: 2));
        Assert.InRange(raw[raw.Length / 2], 0.6, 0.75);
        // Patches reach from the body into the air, where sigma is then between the two.
        Assert.InRange(corrected[corrected.Length / 2], 0.9, 1.12);
    }

    private static void AssertRefused(string code, SliceBlock block) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(() => BackgroundNoise.Of(block)).Code);
}
