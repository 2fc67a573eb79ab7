namespace Ivim.Physics.Spatial;

/// <summary>The bounds in the unknowns that are smoothed: log D, logit f, log D*, log S0.</summary>
internal sealed class TransformedBounds
{
    private readonly Bounds _d, _f, _dStar, _s0;   // of the parameters themselves

    public TransformedBounds(ParameterBounds bounds, double leastD, double leastF)
    {
        _d = bounds.D with { Lower = Math.Max(bounds.D.Lower, leastD) };
        _f = new Bounds(Math.Max(bounds.F.Lower, leastF), Math.Min(bounds.F.Upper, 1 - leastF));
        (_dStar, _s0) = (bounds.DStar, bounds.S0);
        D = Logarithms(_d);
        F = new Bounds(Logit(_f.Lower), Logit(_f.Upper));
        DStar = Logarithms(_dStar);
        S0 = Logarithms(_s0);
    }

    public Bounds D { get; }

    public Bounds F { get; }

    public Bounds DStar { get; }

    public Bounds S0 { get; }

    public double OfD(double value) => StableLogarithm.Of(_d.Clamp(value));

    public double OfF(double value) => Logit(_f.Clamp(value));

    public double OfDStar(double value) => StableLogarithm.Of(_dStar.Clamp(value));

    public double OfS0(double value) => StableLogarithm.Of(_s0.Clamp(value));

    private static Bounds Logarithms(Bounds bounds) =>
        new(StableLogarithm.Of(bounds.Lower), StableLogarithm.Of(bounds.Upper));

    private static double Logit(double f) => StableLogarithm.Of(f / (1 - f));
}
