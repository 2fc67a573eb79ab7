using System.Runtime.Intrinsics;
using Ivim.Physics.Fits;

namespace Ivim.Physics.Tests.Fits;

public sealed class VectorExponentialTests
{
    [Fact]
    public void It_agrees_with_the_library_to_two_units_in_the_last_place()
    {
        var stream = new RandomStream(21);
        for (ulong i = 0; i < 50_000; i++)
        {
            double x = stream.Uniform(i, -700, i % 2 == 0 ? 0 : 5);
            double expected = Math.Exp(x);   // itself within one unit
            double found = VectorExponential.Exp(Vector256.Create(x))[0];
            Assert.True(Math.Abs(found - expected) <= 2 * (Math.BitIncrement(expected) - expected), $"e^{x}");
        }
    }

    [Fact]
    public void Zero_gives_one_exactly() => Assert.Equal(1, VectorExponential.Exp(Vector256<double>.Zero)[2]);

    [Fact]
    public void A_lane_does_not_depend_on_its_neighbours()
    {
        var alone = VectorExponential.Exp(Vector256.Create(-0.37))[0];
        var beside = VectorExponential.Exp(Vector256.Create(-1e300, 800, -0.37, double.NegativeInfinity));
        Assert.Equal(alone, beside[2]);
        Assert.Equal(beside[0], beside[3]);
        Assert.InRange(beside[0], 0, 1e-303);
    }
}
