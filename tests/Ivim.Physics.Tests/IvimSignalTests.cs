using CsCheck;
using Ivim.Physics.Quantities;

namespace Ivim.Physics.Tests;

public sealed class IvimSignalTests
{
    private static readonly Gen<IvimParameters> AnyTissue =
        from d in Gen.Double[1e-4, 3e-3]
        from f in Gen.Double[0, 0.7]
        from dStar in Gen.Double[5e-3, 0.2]
        from s0 in Gen.Double[0.5, 2000]
        select IvimParameters.From(d, f, dStar, s0);

    [Fact]
    public void The_signal_is_the_published_equation()
    {
        // 100 (0.25 e^(−100·0.02) + 0.75 e^(−100·0.001)) = 100 (0.25·0.1353352832366127 + 0.75·0.9048374180359595)
        var tissue = IvimParameters.From(0.001, 0.25, 0.02, 100);
        double signal = IvimSignal.At(tissue, BValue.FromSecondsPerMm2(100));
        Assert.Equal(71.24618843361229, signal, 1e-12);   // rounding of double
    }

    [Fact]
    public void Without_weighting_the_signal_is_S0() => AnyTissue.Sample(tissue =>
    {
        double s0 = tissue.S0.ArbitraryUnits;
        return Math.Abs(IvimSignal.At(tissue, BValue.FromSecondsPerMm2(0)) - s0) <= 1e-15 * s0;
    });

    [Fact]
    public void The_signal_never_rises_with_b() =>
        Gen.Select(AnyTissue, Gen.Double[0, 2000], Gen.Double[0, 500]).Sample(
            (tissue, b, more) => IvimSignal.At(tissue, BValue.FromSecondsPerMm2(b + more))
            <= IvimSignal.At(tissue, BValue.FromSecondsPerMm2(b)));

    [Fact]
    public void Prediction_of_many_b_values_is_that_of_each()
    {
        var tissue = IvimParameters.From(0.0012, 0.2, 0.03, 900);
        double[] b = [0, 20, 150, 800];
        var signal = new double[b.Length];
        IvimSignal.Predict(tissue, b, signal);
        Assert.Equal(b.Select(value => IvimSignal.At(tissue, BValue.FromSecondsPerMm2(value))), signal);
    }

    // Richardson-extrapolated central differences have an error of h⁴ f⁽⁵⁾/30; with h = 1e-3 of the parameter that is
    // below 1e-9 of the derivative's scale, and cancellation adds about 1e-13 / h = 1e-10.
    [Fact]
    public void Derivatives_agree_with_extrapolated_central_differences() =>
        Gen.Select(AnyTissue, Gen.Double[0, 1000]).Sample((tissue, b) =>
        {
            var analytic = new double[4];
            IvimSignal.Differentiate(tissue, [b], analytic);
            double[] at =
                [tissue.D.Mm2PerSecond, tissue.F.Fraction, tissue.DStar.Mm2PerSecond, tissue.S0.ArbitraryUnits];
            for (int parameter = 0; parameter < 4; parameter++)
            {
                double unit = parameter == 1 ? 1 : at[parameter];
                double scale = tissue.S0.ArbitraryUnits / unit;
                Assert.Equal(Extrapolated(at, parameter, b, 1e-3 * unit) / scale, analytic[parameter] / scale, 2e-8);
            }
        });

    [Fact]
    public void Derivatives_of_a_known_case_are_those_of_the_formulas()
    {
        var jacobian = new double[4];
        IvimSignal.Differentiate(IvimParameters.From(0.001, 0.25, 0.02, 100), [100], jacobian);
        double slow = 0.9048374180359595, fast = 0.1353352832366127;   // e^−0.1, e^−2
        Assert.Equal(-100 * 0.75 * 100 * slow, jacobian[0], 1e-9);
        Assert.Equal(100 * (fast - slow), jacobian[1], 1e-12);
        Assert.Equal(-100 * 0.25 * 100 * fast, jacobian[2], 1e-9);
        Assert.Equal(0.25 * fast + 0.75 * slow, jacobian[3], 1e-15);
    }

    [Fact]
    public void Spans_that_do_not_fit_are_refused()
    {
        var tissue = IvimParameters.From(0.001, 0.1, 0.02);
        Assert.Throws<ArgumentException>(() => IvimSignal.Predict(tissue, new double[3], new double[2]));
        Assert.Throws<ArgumentException>(() => IvimSignal.Differentiate(tissue, new double[3], new double[3]));
    }

    private static double Extrapolated(double[] at, int parameter, double b, double step) =>
        (4 * Central(at, parameter, b, step / 2) - Central(at, parameter, b, step)) / 3;

    // The equation written once more, since the parameter types refuse f below 0.
    private static double Central(double[] at, int parameter, double b, double step)
    {
        double Signal(double shift)
        {
            double[] p = [.. at];
            p[parameter] += shift;
            return p[3] * (p[1] * Math.Exp(-b * p[2]) + (1 - p[1]) * Math.Exp(-b * p[0]));
        }
        return (Signal(step) - Signal(-step)) / (2 * step);
    }
}
