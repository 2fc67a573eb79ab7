using CsCheck;
using Ivim.Physics.Spatial;

namespace Ivim.Physics.Tests.Spatial;

public sealed class StableLogarithmTests
{
    [Fact]
    public void It_is_the_logarithm_to_three_units_in_the_last_place() =>
        Gen.Double[-690, 690].Sample(exponent =>
        {
            double value = Math.Exp(exponent), expected = Math.Log(value);
            double unit = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            return Math.Abs(StableLogarithm.Of(value) - expected) <= 3 * unit + 1e-16;
        });

    [Fact]
    public void The_logarithm_of_one_is_zero() => Assert.Equal(0, StableLogarithm.Of(1));
}
