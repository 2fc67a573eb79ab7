using Ivim.Physics.Quantities;

namespace Ivim.Physics.Tests.Quantities;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(1)]
    public void A_diffusivity_reads_back_what_was_written(double mm2PerSecond) =>
        Assert.Equal(mm2PerSecond, Diffusivity.FromMm2PerSecond(mm2PerSecond).Mm2PerSecond);

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(1.2)]   // a value in 10⁻³ mm²/s
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_diffusivity_outside_its_range_is_refused_with_the_range(double mm2PerSecond)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Diffusivity.FromMm2PerSecond(mm2PerSecond));
        Assert.Contains("expected 0 to 1 mm²/s", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_b_value_in_seconds_per_square_metre_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BValue.FromSecondsPerMm2(1000e6));

    [Fact]
    public void A_perfusion_fraction_in_per_cent_is_refused()
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => PerfusionFraction.FromFraction(20));
        Assert.Contains("not per cent", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_signal_intensity_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SignalIntensity.FromArbitraryUnits(-1));

    [Fact]
    public void Quantities_are_ordered_by_their_value()
    {
        Assert.True(Diffusivity.FromMm2PerSecond(0.001) < Diffusivity.FromMm2PerSecond(0.02));
        Assert.True(BValue.FromSecondsPerMm2(800) >= BValue.FromSecondsPerMm2(800));
    }
}
