using CsCheck;
using Ivim.Imaging.Denoising;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Denoising;

public sealed class FourierResamplingTests
{
    // float32 images of order 1, sums of a few hundred.
    private const double Tolerance = 2e-6;

    private static readonly Gen<((int, int) Given, (int, int) Native, ulong Seed)> Sizes =
        Gen.Select(Gen.Int[1, 24], Gen.Int[1, 24], Gen.Int[0, 9], Gen.Int[0, 9], Gen.ULong,
            (width, height, x, y, seed) => ((width + x, height + y), (width, height), seed));

    [Fact]
    public void To_the_given_grid_and_back_is_the_identity() =>
        Sizes.Sample((given, native, seed) =>
        {
            var resampling = new FourierResampling(given, native);
            var image = Noise(native, seed);
            AssertEqual(image, resampling.ToNative(resampling.ToGiven(image)));
        });

    [Fact]
    public void An_image_without_high_frequencies_survives_the_native_grid() =>
        Sizes.Sample((given, native, seed) =>
        {
            var resampling = new FourierResampling(given, native);
            var bandLimited = resampling.ToGiven(Noise(native, seed));
            AssertEqual(bandLimited, resampling.ToGiven(resampling.ToNative(bandLimited)));
        });

    [Fact]
    public void A_constant_keeps_its_value_and_an_equal_matrix_every_bit() =>
        Sizes.Sample((given, native, seed) =>
        {
            float[] constant = [.. Enumerable.Repeat(3f, given.Item1 * given.Item2)];
            Assert.All(new FourierResampling(given, native).ToNative(constant), value => Assert.Equal(3, value, 1e-5));
            var image = Noise(given, seed);
            Assert.Equal(image, new FourierResampling(given, given).ToNative(image));
        });

    [Theory]
    [InlineData(16, 9, 3)]
    [InlineData(16, 10, 4)]
    [InlineData(15, 8, 4)]
    public void A_cosine_of_the_band_is_sampled_on_the_native_grid(int given, int native, int frequency)
    {
        float[] Cosine(int length) =>
            [.. Enumerable.Range(0, length).Select(i => (float)Math.Cos(2 * Math.PI * frequency * i / length))];
        AssertEqual(Cosine(native), new FourierResampling((given, 1), (native, 1)).ToNative(Cosine(given)));
    }

    [Fact]
    public void Frequencies_outside_the_band_vanish()
    {
        float[] high = [.. Enumerable.Range(0, 16).Select(i => (float)Math.Cos(2 * Math.PI * 6 * i / 16))];
        Assert.All(new FourierResampling((16, 1), (10, 1)).ToNative(high), value => Assert.Equal(0, value, Tolerance));
    }

    private static float[] Noise((int Width, int Height) size, ulong seed)
    {
        var stream = new RandomStream(seed);
        return [.. Enumerable.Range(0, size.Width * size.Height).Select(i => (float)stream.Gaussian((ulong)i))];
    }

    private static void AssertEqual(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], Tolerance * 3);
    }
}
