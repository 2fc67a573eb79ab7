using Ivim.Physics.Fits;
using Ivim.Physics.Spatial;

namespace Ivim.Physics.Tests.Spatial;

public sealed class PolishNoiseTests
{
    private const int Width = 24;

    private static readonly DenoisedStudy Study = DenoisedStudy.Make(Width, Width, 4);

    /// <summary>The median of √(χ²/4) with four degrees of freedom is .92, and bounds hold some voxels back.</summary>
    [Fact]
    public void The_misfit_is_the_noise_that_was_left() => Assert.InRange(Middle(Study.Input), 0.21, 0.27);

    [Fact]
    public void The_misfit_does_not_believe_a_sigma_that_is_too_small()
    {
        double before = Middle(Study.Input), after = Middle(WithSigma(0.25f));
        // Not 4: the Rician mean of a smaller sigma is another one.
        Assert.InRange(after / before, 3.5, 4.5);
    }

    /// <summary>As where neighbours' noise is correlated: the denoiser took noise for structure and kept it.</summary>
    [Fact]
    public void Noise_that_the_denoiser_kept_is_not_believed()
    {
        var input = WithMoreNoise();
        var measured = GuidedPolish.Run(input);
        var believed = GuidedPolish.Run(input, PolishOptions.Default with { MisfitFactor = 0 });
        Assert.InRange(measured.EffectiveNoise, 0.3, 0.37);   // .35 but for the median, as above
        var (with, without) = (Study.Errors(measured.Maps), Study.Errors(believed.Maps));
        // D 85 against 95, f .027 against .025, D* 7.5 against 11.5 when this was written (units of docs/polish.md).
        Assert.True(with[0] < without[0] && with[1] < 1.15 * without[1] && with[2] < 0.75 * without[2]);
    }

    [Fact]
    public void The_share_is_raised_and_never_lowered()
    {
        Assert.Equal(0.25, GuidedPolish.Run(Study.Input).EffectiveNoise, 1e-6);
        var more = PolishOptions.Default with { EffectiveNoise = 0.7 };
        Assert.Equal(0.7, GuidedPolish.Run(Study.Input, more).EffectiveNoise, 1e-6);
    }

    [Fact]
    public void Noise_that_neighbours_share_counts_more()
    {
        var (alone, shared) = (WithMoreNoise(), WithMoreNoise() with { IndependentShare = 0.16 });
        // √(1/.16)
        var (one, other) = (PolishNoise.Effective(alone, NoFloor), PolishNoise.Effective(shared, NoFloor));
        Assert.All(one.Zip(other), pair => Assert.Equal(2.5 * pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Misfits_elsewhere_raise_nothing_here()
    {
        var noisy = WithMoreNoise();
        var places = Study.Input.Grid.Places;
        float[] mixed = Study.Signals.ToArray();
        for (int i = 0; i < mixed.Length; i++)
            if (IsLeft(places[i / DenoisedStudy.Table.Count])) mixed[i] = noisy.Signals.Span[i];
        float[] before = PolishNoise.Effective(Study.Input, NoFloor);
        float[] after = PolishNoise.Effective(Study.Input with { Signals = mixed }, NoFloor);
        // The neighbourhood reaches two voxels; x is below 8 on the left.
        for (int voxel = 0; voxel < places.Length; voxel++)
            if (places[voxel] % Width >= 10) Assert.Equal(before[voxel], after[voxel]);
        Assert.True(places.Select((place, voxel) => (place, voxel)).Where(at => at.place % Width < 6)
            .All(at => after[at.voxel] > 1.5 * before[at.voxel]));

        static bool IsLeft(int place) => place % Width < 8;
    }

    private static PolishOptions NoFloor => PolishOptions.Default with { EffectiveNoise = 1e-6 };

    private static double Middle(PolishInput input)
    {
        float[] misfits = PolishNoise.Misfits(input);
        return misfits.Order().ElementAt(misfits.Length / 2);
    }

    private static PolishInput WithMoreNoise(double left = 1)
    {
        var noise = new RandomStream(6);
        double more = Math.Sqrt(left * left - DenoisedStudy.EffectiveNoise * DenoisedStudy.EffectiveNoise);
        float[] signals = [.. Study.Signals.ToArray().Select((signal, i) =>
            (float)(signal + more * DenoisedStudy.RelativeSigma * noise.Gaussian((ulong)i)))];
        var fit = LeastSquaresFit.Fit(signals, DenoisedStudy.Table);
        return Study.Input with { Signals = signals, Start = new SpatialMaps(fit.D, fit.F, fit.DStar, fit.S0) };
    }

    private static PolishInput WithSigma(float factor) =>
        Study.Input with { Sigma = [.. Study.Input.Sigma.Select(sigma => factor * sigma)] };
}
