using System.Collections.Immutable;
using System.Globalization;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Imaging.Gradients;

/// <summary>Nominally equal b-values put together: scanners report what they played, not what was asked for.</summary>
/// <remarks>
/// Sorted values belong together while each is within max(0.5 s/mm², 1 %) of the one before and the whole cluster spans
/// no more than max(0.5 s/mm², 2 %): 990 to 1010 is one b-value, 0 and 1 are two, and a chain of small steps cannot run
/// away.
/// </remarks>
public sealed record BValueClusters
{
    private BValueClusters(
        ImmutableArray<double> representatives,
        ImmutableArray<ImmutableArray<int>> volumes,
        ImmutableArray<InputWarning> warnings) =>
        (SecondsPerMm2, Volumes, Warnings) = (representatives, volumes, warnings);

    /// <summary>s/mm², ascending: the mean of each cluster, 0 if that is at most 0.5.</summary>
    public ImmutableArray<double> SecondsPerMm2 { get; }

    /// <summary>The volumes of each cluster, ascending.</summary>
    public ImmutableArray<ImmutableArray<int>> Volumes { get; }

    /// <summary>One for each cluster whose values differ.</summary>
    public ImmutableArray<InputWarning> Warnings { get; }

    /// <param name="bSecondsPerMm2">s/mm², one per volume, each finite and at least 0.</param>
    public static BValueClusters Of(IReadOnlyList<double> bSecondsPerMm2)
    {
        int[] order = [.. Enumerable.Range(0, bSecondsPerMm2.Count).OrderBy(i => bSecondsPerMm2[i])];
        var clusters = new List<List<int>>();
        double first = 0, previous = 0;
        foreach (int volume in order)
        {
            double value = bSecondsPerMm2[volume];
            if (clusters.Count == 0 || !Joins(first, previous, value))
            {
                clusters.Add([]);
                first = value;
            }
            clusters[^1].Add(volume);
            previous = value;
        }
        var values = clusters.ConvertAll(cluster => cluster.ConvertAll(i => bSecondsPerMm2[i]));
        return new BValueClusters(
            [.. values.Select(Representative)],
            [.. clusters.Select(cluster => cluster.Order().ToImmutableArray())],
            [.. values.Where(v => v[0] != v[^1]).Select(Warning)]);
    }

    private static bool Joins(double first, double previous, double value) =>
        value - previous <= Math.Max(0.5, 0.01 * value) && value - first <= Math.Max(0.5, 0.02 * value);

    private static double Representative(List<double> ascending)
    {
        double mean = ascending[0] == ascending[^1] ? ascending[0] : ascending.Sum() / ascending.Count;
        return mean <= BValueTable.ZeroToleranceSecondsPerMm2 ? 0 : mean;
    }

    private static InputWarning Warning(List<double> ascending) => new("BVAL-CLUSTERED", string.Create(
        CultureInfo.InvariantCulture,
        $"{ascending.Count} volumes with b from {ascending[0]:0.###} to {ascending[^1]:0.###} s/mm2 "
        + $"are taken as b = {Representative(ascending):0.###}"));
}
