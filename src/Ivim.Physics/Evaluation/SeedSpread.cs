namespace Ivim.Physics.Evaluation;

/// <summary>How much a map depends on the seed of its networks.</summary>
/// <remarks>CV_net of Kaandorp et al., Magn Reson Med 86 (2021) 2250: the mean over voxels of the standard deviation
/// over seeds, here divided by the mean map.</remarks>
public static class SeedSpread
{
    /// <param name="maps">One map a seed, at least two, of equal length.</param>
    /// <returns>Mean standard deviation over seeds / mean of all maps; 0 for maps of zeros.</returns>
    public static double Of(IReadOnlyList<float[]> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentOutOfRangeException.ThrowIfLessThan(maps.Count, 2);
        double deviations = 0, total = 0;
        for (int voxel = 0; voxel < maps[0].Length; voxel++)
        {
            double mean = 0, squares = 0;
            foreach (var map in maps) mean += map[voxel] / (double)maps.Count;
            foreach (var map in maps) squares += (map[voxel] - mean) * (map[voxel] - mean);
            deviations += Math.Sqrt(squares / (maps.Count - 1));
            total += mean;
        }
        return total == 0 ? 0 : deviations / total;
    }
}
