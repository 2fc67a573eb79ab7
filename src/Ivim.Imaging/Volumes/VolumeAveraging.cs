using System.Collections.Immutable;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Volumes;

/// <summary>Averages the volumes of one b-value.</summary>
internal static class VolumeAveraging
{
    /// <summary>Which volumes are repeats of each other; the groups are then averaged geometrically.</summary>
    public static List<List<int>> Groups(
        ImmutableArray<int> volumes,
        double bSecondsPerMm2,
        ImmutableArray<GradientDirection>? directions,
        AveragingRule rule)
    {
        if (rule == AveragingRule.Geometric) return [.. volumes.Select(volume => new List<int> { volume })];
        if (rule == AveragingRule.Arithmetic || directions is null || bSecondsPerMm2 == 0) return [[.. volumes]];
        var groups = new List<List<int>>();
        foreach (int volume in volumes)
        {
            var same = groups.Find(group => directions.Value[group[0]].IsSameAs(directions.Value[volume]));
            if (same is null) groups.Add([volume]);
            else same.Add(volume);
        }
        return groups;
    }

    /// <summary>Arithmetic mean within each group, geometric mean over the groups.</summary>
    /// <returns>float32 [z, y, x]. NaN where a voxel is NaN; 0 where a group's mean is not positive and there are
    /// several.</returns>
    public static float[] Average(NiftiImage image, List<List<int>> groups)
    {
        var mean = new double[image.Header.Shape.VoxelsPerVolume];
        if (groups.Count == 1)
        {
            ArithmeticMean(image, groups[0], mean);
            return Array.ConvertAll(mean, value => (float)value);
        }
        var logarithms = new double[mean.Length];
        foreach (var group in groups)
        {
            ArithmeticMean(image, group, mean);
            for (int i = 0; i < mean.Length; i++)
                logarithms[i] += mean[i] <= 0 ? double.NegativeInfinity : Math.Log(mean[i]);
        }
        return Array.ConvertAll(logarithms, sum => (float)Math.Exp(sum / groups.Count));
    }

    private static void ArithmeticMean(NiftiImage image, List<int> volumes, double[] mean)
    {
        Array.Clear(mean);
        foreach (int volume in volumes)
        {
            var voxels = image.Volume(volume);
            for (int i = 0; i < mean.Length; i++) mean[i] += voxels[i];
        }
        for (int i = 0; i < mean.Length; i++) mean[i] /= volumes.Count;
    }
}
