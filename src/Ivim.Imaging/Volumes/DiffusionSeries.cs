using System.Collections.Immutable;
using System.Globalization;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Volumes;

/// <summary>One averaged image per distinct b-value, in the geometry of the acquisition.</summary>
public sealed class DiffusionSeries
{
    private DiffusionSeries(NiftiHeader header, BValueTable bValues, float[][] signals,
        ImmutableArray<InputWarning> warnings) =>
        (Header, BValues, Signals, Warnings) = (header, bValues, signals, warnings);

    /// <summary>The acquisition's header; maps take their geometry from it.</summary>
    public NiftiHeader Header { get; }

    /// <summary>The voxel grid, one volume.</summary>
    public ImageShape Shape => Header.Shape.OneVolume;

    /// <summary>Distinct b-values ascending, with the number of volumes behind each.</summary>
    public BValueTable BValues { get; }

    /// <summary>float32 [b][z, y, x], in scanner units. A voxel that was NaN in one volume is NaN in the
    /// mean.</summary>
    public float[][] Signals { get; }

    public ImmutableArray<InputWarning> Warnings { get; }

    /// <param name="image">Four-dimensional.</param>
    /// <param name="bSecondsPerMm2">s/mm², one per volume, any order.</param>
    /// <param name="directions">One per volume, or null if unknown.</param>
    /// <exception cref="RefusalException">
    /// NIFTI-NOT-4D, BVAL-COUNT, BVEC-COUNT, BVAL-TOO-FEW or B-MAX-LEAVES-TOO-FEW.
    /// </exception>
    public static DiffusionSeries From(
        NiftiImage image,
        IReadOnlyList<double> bSecondsPerMm2,
        ImmutableArray<GradientDirection>? directions = null,
        SeriesOptions? options = null)
    {
        options ??= SeriesOptions.Default;
        CheckCounts(image.Header.Shape, bSecondsPerMm2.Count, directions?.Length);
        var clusters = BValueClusters.Of(bSecondsPerMm2);
        int kept = Kept(clusters, options);
        var signals = new float[kept][];
        bool repeatsAssumed = false;
        for (int b = 0; b < kept; b++)
        {
            double value = clusters.SecondsPerMm2[b];
            signals[b] = VolumeAveraging.Average(
                image, VolumeAveraging.Groups(clusters.Volumes[b], value, directions, options.Averaging));
            repeatsAssumed |= directions is null && value > 0 && clusters.Volumes[b].Length > 1;
        }
        var table = Table(clusters, kept);
        repeatsAssumed &= options.Averaging == AveragingRule.Auto;
        return new DiffusionSeries(image.Header, table, signals, Warn(image.Header, clusters, kept, repeatsAssumed));
    }

    /// <summary>The table that <see cref="From"/> would give, from header and tables alone.</summary>
    /// <exception cref="RefusalException">As <see cref="From"/>.</exception>
    public static BValueTable TableOf(
        ImageShape shape, IReadOnlyList<double> bSecondsPerMm2, int? directions, SeriesOptions options)
    {
        CheckCounts(shape, bSecondsPerMm2.Count, directions);
        var clusters = BValueClusters.Of(bSecondsPerMm2);
        return Table(clusters, Kept(clusters, options));
    }

    private static BValueTable Table(BValueClusters clusters, int kept) =>
        new(clusters.SecondsPerMm2.Take(kept), clusters.Volumes.Take(kept).Select(v => v.Length));

    private static void CheckCounts(ImageShape shape, int bValues, int? directions)
    {
        if (shape.Volumes == 1)
            throw new RefusalException("NIFTI-NOT-4D", "an image of one volume", "a 4-D diffusion series",
                "give the series with all its b-values");
        if (bValues != shape.Volumes)
            throw new RefusalException("BVAL-COUNT", $"{bValues} b-values", $"{shape.Volumes}, one per volume",
                "give the b-values of this image");
        if (directions is { } count && count != shape.Volumes)
            throw new RefusalException("BVEC-COUNT", $"{count} b-vectors", $"{shape.Volumes}, one per volume",
                "give the b-vectors of this image, or none");
    }

    private static int Kept(BValueClusters clusters, SeriesOptions options)
    {
        int distinct = clusters.SecondsPerMm2.Length, least = options.LeastDistinctBValues;
        if (distinct < least)
            throw new RefusalException("BVAL-TOO-FEW", $"{distinct} distinct b-values", $"at least {least}",
                "acquire or give a series with more b-values");
        if (options.BMaxSecondsPerMm2 is not { } limit) return distinct;
        // The limit is nominal: a cluster just above it belongs to it, by the tolerance that made the cluster.
        double bound = limit + Math.Max(0.5, 0.01 * limit);
        int kept = clusters.SecondsPerMm2.Count(b => b <= bound);
        return kept >= Math.Max(1, least) ? kept : throw new RefusalException(
            "B-MAX-LEAVES-TOO-FEW",
            string.Create(CultureInfo.InvariantCulture, $"{kept} distinct b-values up to {limit} s/mm2"),
            $"at least {least}", "raise the largest b-value to be used");
    }

    private static ImmutableArray<InputWarning> Warn(NiftiHeader header, BValueClusters clusters, int kept,
        bool repeatsAssumed)
    {
        var warnings = ImmutableArray.CreateBuilder<InputWarning>();
        if (header.ExtensionsDropped)
            warnings.Add(new("NIFTI-EXTENSIONS", "the input's header extensions are not carried into the maps"));
        warnings.AddRange(clusters.Warnings);
        if (kept < clusters.Volumes.Length)
        {
            int left = clusters.Volumes.Skip(kept).Sum(v => v.Length);
            warnings.Add(new("B-MAX", $"{left} volumes above the largest b-value to be used are left out"));
        }
        if (repeatsAssumed)
            warnings.Add(new("BVEC-ABSENT",
                "several volumes share a b-value and no b-vectors are known: they are averaged "
                + "arithmetically, as repeats"));
        return warnings.ToImmutable();
    }
}
