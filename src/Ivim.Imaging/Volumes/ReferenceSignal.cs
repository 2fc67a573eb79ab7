using System.Collections.Immutable;
using System.Globalization;
using Ivim.Physics;

namespace Ivim.Imaging.Volumes;

/// <summary>What every voxel is divided by: the b = 0 signal, or the lowest b-value's where none was
/// acquired.</summary>
/// <param name="Signal">float32 [z, y, x], scanner units.</param>
/// <param name="BSecondsPerMm2">s/mm², 0 to 50.</param>
public sealed record ReferenceSignal(float[] Signal, double BSecondsPerMm2, ImmutableArray<InputWarning> Warnings)
{
    private const double LargestSecondsPerMm2 = 50;

    /// <exception cref="RefusalException">NO-LOW-B: the lowest b-value is above 50 s/mm².</exception>
    public static ReferenceSignal Of(DiffusionSeries series)
    {
        double lowest = RequireLowB(series.BValues);
        return new ReferenceSignal(series.Signals[0], lowest, series.BValues.HasZero ? [] :
        [
            new("NO-B0", Text(
                $"there is no b = 0: signals are relative to b = {lowest:0.###} s/mm2 and S0 is extrapolated")),
        ]);
    }

    /// <returns>The lowest b-value, s/mm².</returns>
    /// <exception cref="RefusalException">NO-LOW-B.</exception>
    public static double RequireLowB(BValueTable table)
    {
        double lowest = table.SecondsPerMm2[0];
        return lowest <= LargestSecondsPerMm2 ? lowest : throw new RefusalException(
            "NO-LOW-B", Text($"a lowest b-value of {lowest:0.###} s/mm2"),
            $"one of at most {LargestSecondsPerMm2}", "acquire or give low b-values: perfusion shows only there");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
