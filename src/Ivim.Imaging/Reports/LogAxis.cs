namespace Ivim.Imaging.Reports;

/// <summary>A logarithmic axis over some values, with a little room at its ends.</summary>
internal readonly record struct LogAxis(double Lower, double Upper)
{
    private const double Room = 1.12;

    private static readonly double[] Steps = [1, 2, 5];

    public static LogAxis Over(IEnumerable<double> values)
    {
        double[] shown = [.. values.Where(value => double.IsFinite(value) && value > 0)];
        return shown.Length == 0 ? new LogAxis(0.5, 2) : new LogAxis(shown.Min() / Room, shown.Max() * Room);
    }

    public float Share(double value) => (float)(Math.Log(value / Lower) / Math.Log(Upper / Lower));

    /// <summary>1, 2 and 5 times the powers of ten inside; at least the two ends.</summary>
    public IReadOnlyList<double> Ticks()
    {
        var ticks = new List<double>();
        for (int power = (int)Math.Floor(Math.Log10(Lower)); power <= Math.Log10(Upper); power++)
        {
            foreach (double step in Steps)
            {
                double tick = step * Math.Pow(10, power);
                if (tick >= Lower && tick <= Upper) ticks.Add(tick);
            }
        }
        return ticks.Count > 1 ? ticks : [Lower, Upper];
    }
}
