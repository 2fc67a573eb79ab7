namespace Ivim.Imaging.Dicom.Series;

/// <summary>Canon writes a b-value on weighted images only: without one among others that have it, b is 0.</summary>
internal static class OmittedZeros
{
    /// <param name="objects">Of one series.</param>
    public static IEnumerable<CatalogEntry> Filled(IReadOnlyList<CatalogEntry> objects) =>
        objects.SelectMany(found => found.Slices).Any(slice => slice.Weighting.BSecondsPerMm2 > 0)
            ? objects.Select(found => found with { Slices = [.. found.Slices.Select(Filled)] })
            : objects;

    private static SliceImage Filled(SliceImage slice) =>
        slice is { MayOmitZero: true, Weighting.BSecondsPerMm2: null }
            ? slice with { Weighting = (slice.Weighting with { BSecondsPerMm2 = 0 }).Tidied() }
            : slice;
}
