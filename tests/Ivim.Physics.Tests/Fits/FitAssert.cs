using Ivim.Physics.Fits;

namespace Ivim.Physics.Tests.Fits;

internal static class FitAssert
{
    public static void Same(FitResult expected, FitResult found)
    {
        var others = Arrays(found);
        foreach (var (array, other) in Arrays(expected).Zip(others)) Assert.Equal(array, other);
        Assert.Equal(expected.AtBounds, found.AtBounds);
        Assert.Equal(expected.Unfitted, found.Unfitted);
        Assert.Equal(expected.MeanSquaredResidual, found.MeanSquaredResidual);
    }

    public static void Finite(FitResult fit) =>
        Assert.All(Arrays(fit), array => Assert.All(array, value => Assert.True(float.IsFinite(value))));

    public static void WithinBounds(FitResult fit, ParameterBounds bounds)
    {
        Within(fit.D, bounds.D);
        Within(fit.F, bounds.F);
        Within(fit.DStar, bounds.DStar);
        Within(fit.S0, bounds.S0);
        Finite(fit);
    }

    public static float[][] Arrays(FitResult fit) =>
        [fit.D, fit.F, fit.DStar, fit.S0, fit.Rmse, fit.StdD, fit.StdF, fit.StdDStar, fit.StdS0];

    public static double RootMeanSquare(float[] values) => Math.Sqrt(values.Average(v => (double)v * v));

    public static double Deviation(float[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static void Within(float[] values, Bounds bounds) =>
        Assert.All(values, value => Assert.InRange(value, (float)bounds.Lower, (float)bounds.Upper));
}
