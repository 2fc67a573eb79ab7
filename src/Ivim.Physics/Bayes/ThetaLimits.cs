namespace Ivim.Physics.Bayes;

/// <summary>Between which values of θ = (ln D, logit f, ln D*) a proposal is looked at, length 3 each.</summary>
internal sealed record ThetaLimits(float[] Lower, float[] Upper)
{
    // Wide enough to mean nothing (D from 1e-11 to 7 mm²/s), narrow enough for single precision.
    private static readonly double[] Lowest = [-25, -25, -25];
    private static readonly double[] Highest = [2, 25, 4];

    public static ThetaLimits From(ParameterBounds? bounds)
    {
        double[] lower = [.. Lowest], upper = [.. Highest];
        if (bounds is not null)
        {
            Narrow(0, Math.Log(bounds.D.Lower), Math.Log(bounds.D.Upper));
            Narrow(1, Theta.Logit(bounds.F.Lower), Theta.Logit(bounds.F.Upper));
            Narrow(2, Math.Log(bounds.DStar.Lower), Math.Log(bounds.DStar.Upper));
        }
        return new ThetaLimits([.. lower.Select(x => (float)x)], [.. upper.Select(x => (float)x)]);

        void Narrow(int parameter, double low, double high)
        {
            lower[parameter] = Math.Max(lower[parameter], low);
            upper[parameter] = Math.Min(upper[parameter], high);
        }
    }

    /// <summary>The value, or the nearest that lies clearly inside.</summary>
    public double Inside(int parameter, double value)
    {
        double margin = 1e-3 * (Upper[parameter] - Lower[parameter]);
        return Math.Clamp(value, Lower[parameter] + margin, Upper[parameter] - margin);
    }
}

/// <summary>The scale on which the sampler walks.</summary>
internal static class Theta
{
    public static double Logit(double fraction) => Math.Log(fraction / (1 - fraction));

    public static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    /// <summary>D or D* in mm²/s, or f, of one parameter's θ.</summary>
    public static double Natural(int parameter, double theta) => parameter == 1 ? Sigmoid(theta) : Math.Exp(theta);
}
