using System.Globalization;

namespace Ivim.Physics.Fits;

/// <summary>What a fit needs of its input, refused with a code where it is not there.</summary>
internal static class FitRequirements
{
    /// <exception cref="ArgumentException">The signals are not [voxels, bvalues] of the table.</exception>
    public static int Voxels(ReadOnlyMemory<float> signals, BValueTable table)
    {
        if (signals.Length % table.Count != 0)
            throw new ArgumentException($"{signals.Length} signals are not rows of {table.Count}", nameof(signals));
        return signals.Length / table.Count;
    }

    public static void Bounds(ParameterBounds bounds)
    {
        Bound("D", bounds.D, strictlyAbove: false);
        Bound("f", bounds.F, strictlyAbove: false);
        Bound("D*", bounds.DStar, strictlyAbove: true);   // searched on a logarithmic scale
        Bound("S0", bounds.S0, strictlyAbove: true);
    }

    public static void SegmentedTable(BValueTable table, double cutoffSecondsPerMm2)
    {
        if (!table.HasZero)
        {
            throw new RefusalException("SEGMENTED-NEEDS-B0",
                Invariant($"a lowest b-value of {table.SecondsPerMm2[0]} s/mm²"),
                "a b-value of 0", "use the least-squares fit, which estimates S0 itself");
        }
        int high = table.SecondsPerMm2.Count(b => b >= cutoffSecondsPerMm2);
        if (high < 2)
        {
            throw new RefusalException("SEGMENTED-NEEDS-HIGH-B",
                Invariant($"{high} distinct b-values from {cutoffSecondsPerMm2} s/mm² on"), "at least 2",
                "lower the cut-off, or use the least-squares fit");
        }
    }

    public static void LeastSquaresTable(BValueTable table)
    {
        if (table.Count >= 4) return;
        throw new RefusalException("NLLS-NEEDS-MORE-B", Invariant($"{table.Count} distinct b-values"),
            "at least 4, one for each unknown", "acquire more b-values");
    }

    private static void Bound(string name, Bounds bounds, bool strictlyAbove)
    {
        bool sane = double.IsFinite(bounds.Upper) && bounds.Lower < bounds.Upper
            && (strictlyAbove ? bounds.Lower > 0 : bounds.Lower >= 0);
        if (sane) return;
        throw new RefusalException("FIT-BOUNDS", Invariant($"bounds {bounds.Lower} to {bounds.Upper} for {name}"),
            $"an interval {(strictlyAbove ? "above" : "from")} 0", "correct the bounds of the protocol");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
