using Ivim.Imaging.Denoising;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Tests.Denoising;

/// <summary>One tissue in every volume: what a denoiser leaves of its noise can be seen directly.</summary>
public sealed class NoiseProbeTests
{
    private const int Size = 24, Slices = 6, Volumes = 12, PerVolume = Size * Size * Slices;
    private const double Sigma = 30, Share = 0.1;

    /// <summary>
    /// With a fixed cut far above the noise no component is ever kept: the denoiser is the mean of the patches, linear.
    /// </summary>
    [Fact]
    public void The_answer_to_a_probe_is_as_strong_as_the_noise_that_a_linear_denoiser_leaves()
    {
        var options = new LocalPcaOptions { Sigma = [Sigma], TauFactor = 10 };
        var raw = Flat();
        var denoised = LocalPca.Denoise(raw, 0, Slices - 1, options);
        var probe = NoiseProbe.AddedTo(raw, denoised.Sigma, AcquiredMatrix.NotKnown, Share);
        var answer = LocalPca.Denoise(probe, 0, Slices - 1, options);
        double left = Deviation(denoised.Signals.Select((value, i) => value - Truth(i / PerVolume)));
        double told = Deviation(answer.Signals.Zip(denoised.Signals, (one, other) => (one - other) / Share));
        Assert.True(left < 0.1 * Sigma, $"{left} of {Sigma} is left");
        // A mean over patches that overlap has some ten independent values a volume, 120 in all: each side knows its
        // strength to 7 %.
        Assert.Equal(1, told / left, 0.25);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(16)]
    public void The_probe_has_the_share_of_sigma_also_where_the_matrix_is_smaller(int? width)
    {
        var raw = Flat();
        var sigma = new float[PerVolume];
        Array.Fill(sigma, (float)Sigma);
        sigma[7] = float.NaN;
        var matrix = new AcquiredMatrix(width, null, MatrixSource.Given);
        var noisier = NoiseProbe.AddedTo(raw, sigma, matrix, Share);
        var added = noisier.Voxels.Zip(raw.Voxels, (one, other) => (double)one - other).ToArray();
        // 27,648 independent numbers or more know their spread to 0.5 %.
        Assert.Equal(Share * Sigma, Deviation(added), 0.02 * Share * Sigma);
        Assert.NotEqual(0, added[7]);
        Assert.Equal(noisier.Voxels, NoiseProbe.AddedTo(raw, sigma, matrix, Share).Voxels);
    }

    [Fact]
    public void Without_noise_nothing_is_added()
    {
        var raw = Flat();
        Assert.Equal(raw.Voxels,
            NoiseProbe.AddedTo(raw, new float[PerVolume], AcquiredMatrix.NotKnown, Share).Voxels);
    }

    private static float Truth(int volume) => 1000 * MathF.Exp(-0.1f * volume);

    private static SliceBlock Flat()
    {
        var noise = new Ivim.Physics.RandomStream(5);
        var voxels = new float[PerVolume * Volumes];
        for (int i = 0; i < voxels.Length; i++)
            voxels[i] = (float)(Truth(i / PerVolume) + Sigma * noise.Gaussian((ulong)i));
        return new SliceBlock(new ImageShape(Size, Size, Slices, Volumes), 0, Slices, voxels);
    }

    private static double Deviation(IEnumerable<float> values) => Deviation(values.Select(value => (double)value));

    private static double Deviation(IEnumerable<double> values) =>
        Math.Sqrt(values.Average(value => value * value));
}
