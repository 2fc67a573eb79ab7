using Ivim.Physics;

namespace Ivim.Learning;

public enum MergeRule
{
    Median,
    Mean,

    /// <summary>
    /// The one member with the least loss, as IVIM-NET "orig" is published: the best of several runs.
    /// </summary>
    LowestLoss,
}

/// <summary>A member's maps and its training loss.</summary>
public sealed record MemberMaps(ParameterMaps Maps, double Loss);

/// <summary>How members become one map, and which are left out; part of the protocol.</summary>
public sealed record EnsembleRecipe
{
    public MergeRule Merge { get; init; } = MergeRule.Median;

    /// <summary>A member whose loss exceeds the best one's by more than this factor is left out; 0 is off.</summary>
    public double LargestLossRatio { get; init; } = 1.2;

    /// <summary>Whether members with a dead output are left out.</summary>
    public bool DropDead { get; init; } = true;
}

/// <summary>The merged maps.</summary>
/// <param name="Center">Median or mean over the members used, voxel by voxel.</param>
/// <param name="Spread">
/// Sample standard deviation over the members used; NaN where there is one, which has no spread.
/// </param>
/// <param name="Used">Indices of the members used, ascending, never empty.</param>
/// <param name="DroppedForLoss">How many were left out for their loss.</param>
/// <param name="DroppedAsDead">How many were left out for a dead output.</param>
public sealed record MergedMaps(
    ParameterMaps Center, ParameterMaps Spread, IReadOnlyList<int> Used, int DroppedForLoss, int DroppedAsDead);

/// <summary>Merges members voxel by voxel. Plain arrays, no Torch; the order of the members changes no bit.</summary>
public static class Ensemble
{
    /// <summary>A map is dead if its standard deviation is below this share of the bounds' width ...</summary>
    private const double LeastDeviation = 0.01;

    /// <summary>... or if more than a fifth of its voxels lie within a hundredth of the width of a bound.</summary>
    private const double LargestShareAtBounds = 0.2, NearBound = 0.01;

    private const int LookEveryVoxels = 4096;

    /// <param name="progress">Told now and then which share is done, 0 to 1; may throw to cancel.</param>
    /// <exception cref="RefusalException">ENSEMBLE-EMPTY, ENSEMBLE-LENGTH.</exception>
    public static MergedMaps Merge(IReadOnlyList<MemberMaps> members, ParameterBounds bounds, EnsembleRecipe recipe,
        Action<double>? progress = null)
    {
        if (members.Count == 0)
            throw new RefusalException("ENSEMBLE-EMPTY", "no member", "at least one member", "train one");
        int voxels = members[0].Maps.Voxels;
        if (members.Any(member => member.Maps.Voxels != voxels))
            throw new RefusalException("ENSEMBLE-LENGTH", "members of different lengths", $"{voxels} voxels each",
                "merge members of one slab");
        int[] alive = Alive(members, bounds, recipe);
        int[] without = WithoutOutliers(members, alive, recipe);
        int[] used = recipe.Merge == MergeRule.LowestLoss ? [Lowest(members, without)] : without;
        var (center, spread) = (ParameterMaps.OfVoxels(voxels), ParameterMaps.OfVoxels(voxels));
        Func<ParameterMaps, float[]>[] maps = [m => m.D, m => m.F, m => m.DStar, m => m.S0, m => m.Rmse];
        for (int done = 0; done < maps.Length; done++)
        {
            var (map, before) = (maps[done], done);
            Merge([.. used.Select(index => map(members[index].Maps))], recipe.Merge, map(center), map(spread),
                share => progress?.Invoke((before + share) / maps.Length));
        }
        return new MergedMaps(center, spread, used, alive.Length - without.Length, members.Count - alive.Length);
    }

    /// <summary>Members without a dead map; all of them where all are dead, for then it is the tissue.</summary>
    private static int[] Alive(IReadOnlyList<MemberMaps> members, ParameterBounds bounds, EnsembleRecipe recipe)
    {
        int[] all = [.. Enumerable.Range(0, members.Count)];
        if (!recipe.DropDead) return all;
        int[] alive = [.. all.Where(index => !IsDead(members[index].Maps, bounds))];
        return alive.Length > 0 ? alive : all;
    }

    private static bool IsDead(ParameterMaps maps, ParameterBounds bounds) =>
        IsDead(maps.D, bounds.D) || IsDead(maps.F, bounds.F) || IsDead(maps.DStar, bounds.DStar);

    private static bool IsDead(float[] map, Bounds bounds)
    {
        if (map.Length < 2) return false;
        double mean = 0, squares = 0, near = NearBound * bounds.Width;
        int atBounds = 0;
        foreach (float value in map)
        {
            mean += value / map.Length;
            if (value < bounds.Lower + near || value > bounds.Upper - near) atBounds++;
        }
        foreach (float value in map) squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / map.Length) < LeastDeviation * bounds.Width
            || atBounds > LargestShareAtBounds * map.Length;
    }

    private static int[] WithoutOutliers(IReadOnlyList<MemberMaps> members, int[] alive, EnsembleRecipe recipe)
    {
        int[] finite = [.. alive.Where(index => double.IsFinite(members[index].Loss))];
        if (recipe.LargestLossRatio <= 0 || finite.Length == 0) return alive;
        double best = finite.Min(index => members[index].Loss);
        return [.. finite.Where(index => members[index].Loss <= recipe.LargestLossRatio * best)];
    }

    /// <summary>The first of the least ones; a loss that is not finite counts as the largest.</summary>
    private static int Lowest(IReadOnlyList<MemberMaps> members, int[] among) => among.MinBy(index =>
        double.IsFinite(members[index].Loss) ? members[index].Loss : double.PositiveInfinity);

    private static void Merge(float[][] maps, MergeRule rule, float[] center, float[] spread,
        Action<double> progress)
    {
        var values = new double[maps.Length];
        for (int voxel = 0; voxel < center.Length; voxel++)
        {
            if (voxel % LookEveryVoxels == 0) progress((double)voxel / center.Length);
            for (int member = 0; member < maps.Length; member++) values[member] = maps[member][voxel];
            Array.Sort(values);     // sums over sorted values do not depend on the members' order
            double mean = values.Sum() / values.Length;
            center[voxel] = (float)(rule == MergeRule.Mean ? mean : Median(values));
            spread[voxel] = values.Length < 2 ? float.NaN
                : (float)Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        }
    }

    private static double Median(double[] sorted) =>
        (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
