using Ivim.Physics.Noise;

namespace Ivim.Physics.Tests.Noise;

public sealed class ScaledBesselTests
{
    // Truth: I_n(x) = (1/π) ∫₀^π e^(x cos t) cos(n t) dt (DLMF 10.32.3); the trapezoid rule converges exponentially
    // there.
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(24.999)]
    [InlineData(25)]
    [InlineData(90)]
    [InlineData(3000)]
    public void Both_orders_agree_with_their_integral(double x)
    {
        Assert.Equal(Integral(x, 0), ScaledBessel.I0(x), 1e-14);
        Assert.Equal(Integral(x, 1), ScaledBessel.I1(x), 1e-14);
    }

    private static double Integral(double x, int order)
    {
        const int steps = 2000;
        double sum = 0;
        for (int i = 0; i <= steps; i++)
        {
            double t = Math.PI * i / steps;
            sum += (i is 0 or steps ? 0.5 : 1) * Math.Exp(x * (Math.Cos(t) - 1)) * Math.Cos(order * t);
        }
        return sum / steps;
    }
}
