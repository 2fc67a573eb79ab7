using Ivim.Physics.Spatial;

namespace Ivim.Physics.Tests.Spatial;

public sealed class WeighedStartTests
{
    private const int Width = 24;

    private static readonly DenoisedStudy Study = DenoisedStudy.Make(Width, Width, 4);

    /// <summary>1 / (1 + exp(0.35 / 0.15)) where nothing speaks for either.</summary>
    [Fact]
    public void Maps_that_explain_the_same_keep_the_network()
    {
        Assert.All(Weights(Study.Fit), weight => Assert.Equal(0.0884, weight, 1e-3));
        var start = Between(Study.Fit);
        // Single precision, and the bounds of a logarithm, which hold f above 0.
        Assert.All(start.D.Zip(Study.Fit.D), pair => Assert.Equal(pair.Second, pair.First, 1e-7));
        Assert.All(start.DStar.Zip(Study.Fit.DStar), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.All(start.F.Zip(Study.Fit.F), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1.1e-3));
    }

    [Fact]
    public void A_network_that_is_off_everywhere_gives_way_to_the_field()
    {
        var start = Between(Off(_ => true));
        double[] ratios = [.. start.F.Zip(Study.Fit.F).Where(pair => pair.Second > 0.1)
            .Select(pair => (double)pair.First / pair.Second).Order()];
        Assert.InRange(ratios[ratios.Length / 2], 0.98, 1.02);
    }

    [Fact]
    public void A_network_that_is_off_in_one_half_gives_way_there()
    {
        // Two columns beside the border have neighbours on both sides.
        bool IsLeft(int voxel) => Column(voxel) < Width / 2 - 2;
        bool IsRight(int voxel) => Column(voxel) >= Width / 2 + 2;
        float[] weights = Weights(Off(voxel => Column(voxel) < Width / 2));
        Assert.All(Of(weights, IsRight), weight => Assert.Equal(0.0884, weight, 1e-3));
        Assert.True(Of(weights, IsLeft).Count(weight => weight > 0.9) > 0.8 * Of(weights, IsLeft).Count());
    }

    /// <summary>Where neighbours share their noise, σ is several times too small, and nothing else changes.</summary>
    [Fact]
    public void A_sigma_that_is_too_small_speaks_for_neither()
    {
        var network = Off(_ => true, by: 0.97f);
        double believed = Middle(Weights(network)), tooSmall = Middle(Weights(network, sigma: 0.25f));
        Assert.InRange(tooSmall, 0.5 * believed, 2 * believed);
    }

    private static SpatialMaps Off(Func<int, bool> where, float by = 0.6f) => Study.Fit with
    {
        F = [.. Study.Fit.F.Select((f, voxel) => where(voxel) ? by * f : f)],
    };

    private static int Column(int voxel) => Study.Places[voxel] % Width;

    private static IEnumerable<float> Of(float[] weights, Func<int, bool> where) =>
        weights.Where((_, voxel) => where(voxel));

    private static double Middle(float[] weights) => weights.Order().ElementAt(weights.Length / 2);

    private static SpatialMaps Between(SpatialMaps network) => WeighedStart.Between(network, Study.Fit,
        Study.Grid, Study.Signals.Span, DenoisedStudy.Table, Study.Input.Sigma, PolishOptions.Default);

    private static float[] Weights(SpatialMaps network, float sigma = 1) => WeighedStart.Weights(network, Study.Fit,
        Study.Grid, Study.Signals.Span, DenoisedStudy.Table, [.. Study.Input.Sigma.Select(value => sigma * value)],
        PolishOptions.Default);
}
