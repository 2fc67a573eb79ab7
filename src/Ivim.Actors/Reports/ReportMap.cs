namespace Ivim.Actors.Reports;

/// <summary>A map and what can be said of its values.</summary>
/// <param name="volume">[z, y, x].</param>
internal sealed class ReportMap(float[] volume, int[] voxels)
{
    private readonly Lazy<float[]> _sorted = new(() => Sort(volume, voxels));

    public float[] Volume => volume;

    /// <summary>The finite values inside the mask, ascending.</summary>
    public float[] Sorted => _sorted.Value;

    public double Median => Quantile(Sorted, 0.5);

    public double Quantile(double share) => Quantile(Sorted, share);

    public static float[] Sort(float[] volume, IEnumerable<int> voxels)
    {
        float[] sorted = [.. voxels.Select(voxel => volume[voxel]).Where(float.IsFinite)];
        Array.Sort(sorted);
        return sorted;
    }

    /// <returns>Linear between the two nearest; NaN where there are no values.</returns>
    public static double Quantile(float[] sorted, double share)
    {
        if (sorted.Length == 0) return double.NaN;
        double place = share * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * ((double)sorted[above] - sorted[below]);
    }
}
