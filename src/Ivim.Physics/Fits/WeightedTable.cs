namespace Ivim.Physics.Fits;

/// <summary>b-values with weights that sum to 1, so that a weighted sum of squares is a mean square.</summary>
/// <param name="BSecondsPerMm2">s/mm², length B.</param>
/// <param name="Weights">n_b / Σ n_b, length B.</param>
/// <param name="FirstIndex">Index of the first of them in the full table.</param>
internal sealed record WeightedTable(double[] BSecondsPerMm2, double[] Weights, int FirstIndex)
{
    public int Count => BSecondsPerMm2.Length;

    public static WeightedTable All(BValueTable table) => From(table, 0);

    /// <summary>The b-values from the cut-off on; where that are fewer than two, the upper half of the table.</summary>
    /// <remarks>The second case is for starting values only: the segmented fit refuses such a table.</remarks>
    public static WeightedTable High(BValueTable table, double cutoffSecondsPerMm2)
    {
        int high = table.SecondsPerMm2.Count(b => b >= cutoffSecondsPerMm2);
        return From(table, table.Count - (high >= 2 ? high : Math.Max(2, table.Count / 2)));
    }

    private static WeightedTable From(BValueTable table, int firstIndex)
    {
        double total = table.Averages.Skip(firstIndex).Sum(n => (double)n);
        return new WeightedTable(
            [.. table.SecondsPerMm2.Skip(firstIndex)],
            [.. table.Averages.Skip(firstIndex).Select(n => n / total)],
            firstIndex);
    }
}
