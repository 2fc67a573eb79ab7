namespace Ivim.Physics.Evaluation;

/// <summary>The errors of one parameter in one region, or pooled over all of them.</summary>
/// <param name="Label">Label of the region; null for the pooled row.</param>
public sealed record RegionError(int? Label, string Region, ErrorMetrics Errors);

/// <summary>
/// An error table: one row a region, and one for all together, since a pooled error hides regional bias.
/// </summary>
public static class RegionalErrors
{
    public const string PooledName = "all";

    /// <param name="labels">Region of each voxel, 0 for outside; length V.</param>
    /// <param name="regionNames">Names by label; a label beyond its end is called by its number.</param>
    /// <returns>Rows in the order of labels, the pooled row last; nothing for an empty region.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static IReadOnlyList<RegionError> Table(
        float[] estimate, float[] truth, ReadOnlySpan<byte> labels, IReadOnlyList<string> regionNames)
    {
        if (estimate.Length != truth.Length || labels.Length != truth.Length)
        {
            throw new ArgumentException(
                $"{estimate.Length} estimates, {truth.Length} true values, {labels.Length} labels", nameof(estimate));
        }
        var voxels = new List<int>[byte.MaxValue + 1];
        for (int i = 0; i < labels.Length; i++) (voxels[labels[i]] ??= []).Add(i);
        var rows = new List<RegionError>();
        for (int label = 1; label < voxels.Length; label++)
        {
            if (voxels[label] is not { } inside) continue;
            string name = label < regionNames.Count ? regionNames[label] : $"region {label}";
            rows.Add(new RegionError(label, name, Over(inside, estimate, truth)));
        }
        var all = voxels.Skip(1).Where(inside => inside is not null).SelectMany(inside => inside).Order().ToList();
        if (all.Count > 0) rows.Add(new RegionError(null, PooledName, Over(all, estimate, truth)));
        return rows;
    }

    private static ErrorMetrics Over(List<int> voxels, float[] estimate, float[] truth) => ErrorMetrics.Of(
        voxels.Select(i => estimate[i]).ToArray(), voxels.Select(i => truth[i]).ToArray());
}
