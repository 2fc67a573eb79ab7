namespace Ivim.Physics.Evaluation;

/// <summary>
/// How visible slab borders are in a map: the step across a border relative to the step between other slices.
/// </summary>
/// <remarks>
/// With the map m, a reference r on the same grid from a run without slabs, and d = m − r (d = m without a reference),
/// <code>
/// step(k) = mean of |d[k+1] − d[k]| over the voxels in the mask of both slices
/// floor   = 1 % of the mean, over all pairs, of the same step of r (of m without a reference)
/// index   = (mean step over border pairs + floor) / (mean step over interior pairs + floor)
/// </code>
/// 1 means that nobody can tell where the borders are. Anatomy changes between slices, so only the paired form is
/// sensitive (docs/physics.md). The floor keeps the index near 1 where map and reference agree to 1 % of what anatomy
/// itself changes: then neither step can be seen, and their quotient is noise.
/// </remarks>
public sealed record SeamIndex
{
    private const double VisibleShare = 0.01;

    /// <summary>The quotient; 1 is seamless.</summary>
    public required double Index { get; init; }

    /// <summary>Mean step over border pairs, in the unit of the map.</summary>
    public required double BorderStep { get; init; }

    /// <summary>Mean step over interior pairs, in the unit of the map.</summary>
    public required double InteriorStep { get; init; }

    public required double Floor { get; init; }

    /// <param name="map">x fastest, then y, then slices; finite inside the mask.</param>
    /// <param name="reference">Same grid, or empty for the unpaired form.</param>
    /// <param name="mask">True inside; same grid.</param>
    /// <param name="sliceVoxels">Voxels of one slice.</param>
    /// <param name="borders">k where a border lies between slice k and k + 1.</param>
    /// <returns>
    /// Null where there is no border pair or no interior pair with voxels in the mask: nothing to compare.
    /// </returns>
    /// <exception cref="ArgumentException">The arrays are not whole slices of one grid.</exception>
    public static SeamIndex? Measure(ReadOnlySpan<float> map, ReadOnlySpan<float> reference, ReadOnlySpan<bool> mask,
        int sliceVoxels, IReadOnlySet<int> borders)
    {
        if (sliceVoxels < 1 || map.Length % sliceVoxels != 0 || mask.Length != map.Length
            || (reference.Length != 0 && reference.Length != map.Length))
        {
            throw new ArgumentException(
                $"{map.Length} voxels, {reference.Length} of a reference, {mask.Length} of a mask", nameof(map));
        }
        var anatomy = reference.IsEmpty ? map : reference;
        StepMean border = default, interior = default, natural = default;
        for (int k = 0; k < map.Length / sliceVoxels - 1; k++)
        {
            if (Step(map, reference, mask, sliceVoxels, k) is not { } step) continue;
            natural.Add(Step(anatomy, [], mask, sliceVoxels, k) ?? 0);
            if (borders.Contains(k)) border.Add(step);
            else interior.Add(step);
        }
        if (border.Pairs == 0 || interior.Pairs == 0) return null;
        double floor = VisibleShare * natural.Mean;
        double low = interior.Mean + floor, high = border.Mean + floor;
        return new SeamIndex
        {
            Index = low > 0 ? high / low : high > 0 ? double.PositiveInfinity : 1,
            BorderStep = border.Mean,
            InteriorStep = interior.Mean,
            Floor = floor,
        };
    }

    /// <summary>The unpaired form for each border by itself: its own step against those between other
    /// slices.</summary>
    /// <returns>In ascending order; a border without voxels on both sides has none.</returns>
    public static IReadOnlyList<(int Border, double Index)> OfEach(
        ReadOnlySpan<float> map, ReadOnlySpan<bool> mask, int sliceVoxels, IReadOnlySet<int> borders)
    {
        var found = new List<(int, double)>();
        if (Measure(map, [], mask, sliceVoxels, borders) is not { } all) return found;
        double low = all.InteriorStep + all.Floor;
        foreach (int border in borders.Order())
        {
            if (border < 0 || border >= map.Length / sliceVoxels - 1
                || Step(map, [], mask, sliceVoxels, border) is not { } step) continue;
            double high = step + all.Floor;
            found.Add((border, low > 0 ? high / low : high > 0 ? double.PositiveInfinity : 1));
        }
        return found;
    }

    private static double? Step(
        ReadOnlySpan<float> map, ReadOnlySpan<float> reference, ReadOnlySpan<bool> mask, int sliceVoxels, int k)
    {
        double sum = 0;
        int voxels = 0;
        for (int here = k * sliceVoxels; here < (k + 1) * sliceVoxels; here++)
        {
            int above = here + sliceVoxels;
            if (!mask[here] || !mask[above]) continue;
            double step = (double)map[above] - map[here];
            if (!reference.IsEmpty) step -= (double)reference[above] - reference[here];
            sum += Math.Abs(step);
            voxels++;
        }
        return voxels == 0 ? null : sum / voxels;
    }

    private struct StepMean
    {
        private double _sum;

        public int Pairs { get; private set; }

        public readonly double Mean => _sum / Pairs;

        public void Add(double step) => (_sum, Pairs) = (_sum + step, Pairs + 1);
    }
}
