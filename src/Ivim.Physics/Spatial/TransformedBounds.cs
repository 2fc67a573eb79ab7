namespace Ivim.Physics.Spatial;

/// <summary>The bounds in the unknowns that are smoothed: log D, logit f, log D*, log S0.</summary>
internal sealed class TransformedBounds
{
    public TransformedBounds(ParameterBounds bounds, double leastD, double leastF)
    {
        D = new Bounds(StableLogarithm.Of(Math.Max(bounds.D.Lower, leastD)), StableLogarithm.Of(bounds.D.Upper));
        F = new Bounds(Logit(Math.Max(bounds.F.Lower, leastF)), Logit(Math.Min(bounds.F.Upper, 1 - leastF)));
        DStar = new Bounds(StableLogarithm.Of(bounds.DStar.Lower), StableLogarithm.Of(bounds.DStar.Upper));
        S0 = new Bounds(StableLogarithm.Of(bounds.S0.Lower), StableLogarithm.Of(bounds.S0.Upper));
    }

    public Bounds D { get; }

    public Bounds F { get; }

    public Bounds DStar { get; }

    public Bounds S0 { get; }

    public double OfD(double value) => D.Clamp(StableLogarithm.Of(value));

    public double OfF(double value) => F.Clamp(Logit(value));

    public double OfDStar(double value) => DStar.Clamp(StableLogarithm.Of(value));

    public double OfS0(double value) => S0.Clamp(StableLogarithm.Of(value));

    private static double Logit(double f) => StableLogarithm.Of(f / (1 - f));
}
