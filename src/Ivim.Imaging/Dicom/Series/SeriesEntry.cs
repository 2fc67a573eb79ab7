using System.Globalization;
using Ivim.Imaging.Gradients;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>The image objects of one series.</summary>
/// <param name="Number">In the listing, from 1.</param>
/// <param name="SeriesNumber">As the scanner counts; null where it does not.</param>
/// <param name="Objects">In the order of acquisition.</param>
public sealed record SeriesEntry(int Number, string Uid, int? SeriesNumber, IReadOnlyList<CatalogEntry> Objects)
{
    /// <summary>Slices that are acquired or trace images.</summary>
    public int Images => Wanted.Count();

    /// <summary>Distinct, ascending, s/mm²; empty where no image tells one.</summary>
    public IReadOnlyList<double> BValues => BValueClusters.Of(
        [.. Wanted.Select(slice => slice.Weighting.BSecondsPerMm2).OfType<double>()]).SecondsPerMm2;

    /// <summary>One line of a listing: numbers only.</summary>
    public override string ToString()
    {
        var b = BValues;
        string values = b.Count == 0 ? "no b-values" : "b = " + string.Join(' ', b.Take(16).Select(value =>
            value.ToString("0.###", CultureInfo.InvariantCulture))) + (b.Count > 16 ? " ..." : "");
        return string.Create(CultureInfo.InvariantCulture, $"{Number}: {Images} images, {values}");
    }

    private IEnumerable<SliceImage> Wanted => Objects.SelectMany(found => found.Slices)
        .Where(slice => slice.Kind is ImageKind.Acquired or ImageKind.Trace);
}
