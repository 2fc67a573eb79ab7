namespace Ivim.Learning.Published;

/// <summary>
/// The voxels that IVIM-NET learns from: its authors leave out those whose signals do not decay, and cut the rest off
/// at 1.5 (Kaandorp et al. 2021). All voxels are mapped, these alone are learnt from.
/// </summary>
public static class IvimNetVoxels
{
    private const double Percentile = 0.95;
    private const float LargestSignal = 1.5f;

    /// <summary>b above which [s/mm²], b below which, and what the 95th percentile must be below.</summary>
    private static readonly (double Above, double Below, double Limit)[] Rules =
    [
        (double.NegativeInfinity, 50, 1.3), (50, double.PositiveInfinity, 1.2), (150, double.PositiveInfinity, 1.0),
    ];

    /// <param name="signals">Relative signals, [voxels, B].</param>
    /// <returns>The voxels kept, in their order; possibly none.</returns>
    public static float[] Plausible(ReadOnlySpan<float> signals, BValueList b)
    {
        int[][] columns = [.. Rules.Select(rule => Enumerable.Range(0, b.Count)
            .Where(i => b.SecondsPerMm2[i] > rule.Above && b.SecondsPerMm2[i] < rule.Below).ToArray())];
        var kept = new List<float>(signals.Length);
        for (int from = 0; from < signals.Length; from += b.Count)
        {
            var voxel = signals.Slice(from, b.Count);
            if (!IsPlausible(voxel, columns)) continue;
            foreach (float value in voxel) kept.Add(Math.Min(value, LargestSignal));
        }
        return [.. kept];
    }

    private static bool IsPlausible(ReadOnlySpan<float> voxel, int[][] columns)
    {
        for (int rule = 0; rule < columns.Length; rule++)
        {
            if (columns[rule].Length > 0 && !(High(voxel, columns[rule]) < Rules[rule].Limit)) return false;
        }
        return true;
    }

    /// <summary>The 95th percentile, linear between the two nearest values.</summary>
    private static double High(ReadOnlySpan<float> voxel, int[] columns)
    {
        var values = new float[columns.Length];
        for (int i = 0; i < columns.Length; i++) values[i] = voxel[columns[i]];
        Array.Sort(values);
        double place = Percentile * (values.Length - 1);
        int below = (int)place;
        double share = place - below;
        return share == 0 ? values[below] : values[below] + share * (values[below + 1] - values[below]);
    }
}
