namespace Ivim.Imaging.Reports;

/// <summary>The numbers between the two ends of a colour bar.</summary>
internal readonly record struct ValueRange(double Lower, double Upper)
{
    private const double TrimmedShare = 0.01;
    private const int WantedTicks = 4;

    /// <summary>From the 1st to the 99th percentile, so that a few stray voxels do not take all the colours.</summary>
    public static ValueRange Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0) return new ValueRange(0, 1);
        int trimmed = (int)(TrimmedShare * sorted.Length);
        return new ValueRange(sorted[trimmed], sorted[^(trimmed + 1)]).Widened();
    }

    /// <summary>As far below zero as above it, for differences.</summary>
    public static ValueRange AroundZero(IEnumerable<double> differences)
    {
        double reach = Of(differences.Select(Math.Abs).Append(0)).Upper;
        return new ValueRange(-reach, reach);
    }

    public double Share(double value) => (value - Lower) / (Upper - Lower);

    /// <summary>Round numbers inside the range: 1, 2 or 5 times a power of ten apart.</summary>
    public IReadOnlyList<double> Ticks()
    {
        double step = TickStep;
        int first = (int)Math.Ceiling(Lower / step - 1e-9), last = (int)Math.Floor(Upper / step + 1e-9);
        return [.. Enumerable.Range(first, last - first + 1).Select(tick => tick * step)];
    }

    /// <summary>How far apart the ticks are.</summary>
    public double TickStep
    {
        get
        {
            double rough = (Upper - Lower) / WantedTicks, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            return power * ((rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
        }
    }

    /// <summary>A constant map still needs a bar with two different ends.</summary>
    private ValueRange Widened()
    {
        double least = Math.Max(1e-6, 0.02 * Math.Max(Math.Abs(Lower), Math.Abs(Upper)));
        return Upper - Lower >= least ? this : new ValueRange((Lower + Upper - least) / 2, (Lower + Upper + least) / 2);
    }
}
