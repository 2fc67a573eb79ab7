using System.Collections.Immutable;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>The slices of a series that show signals: without maps, phases, and what repeats the others.</summary>
internal static class WantedSlices
{
    /// <exception cref="RefusalException">DICOM-NO-IMAGES, or what kept an object from being read.</exception>
    public static List<PlacedSlice> Of(SeriesEntry series, List<InputWarning> warnings)
    {
        if (series.Objects.FirstOrDefault(found => found.Refusal is not null) is { Refusal: { } refusal })
            throw refusal;
        var all = series.Objects
            .SelectMany((found, order) => found.Slices.Select(slice => new PlacedSlice(found, order, slice))).ToList();
        var wanted = all.FindAll(one => one.Slice.Kind is ImageKind.Acquired or ImageKind.Trace);
        int maps = all.Count(one => one.Slice.Kind == ImageKind.Map), phases = all.Count - wanted.Count - maps;
        if (wanted.Count == 0) throw VolumeRefusals.NoneLeft(all.Count);
        if (maps > 0) warnings.Add(new("DICOM-MAPS", $"{maps} images of ADC, FA or other maps are left out"));
        if (phases > 0) warnings.Add(new("DICOM-PHASES", $"{phases} phase, real or imaginary images are left out"));
        return OneOfBoth(wanted, warnings);
    }

    /// <summary>Trace images are the mean of the directional ones: one of both is taken, never both.</summary>
    private static List<PlacedSlice> OneOfBoth(List<PlacedSlice> slices, List<InputWarning> warnings)
    {
        static bool IsWeighted(PlacedSlice one) =>
            one.Slice.Weighting.BSecondsPerMm2 is not { } b || b > BValueTable.ZeroToleranceSecondsPerMm2;
        var traces = slices.FindAll(one => one.Slice.Kind == ImageKind.Trace && IsWeighted(one));
        var directional = slices.FindAll(one => one.Slice.Kind == ImageKind.Acquired && IsWeighted(one));
        if (traces.Count == 0 || directional.Count == 0) return slices;
        bool covers = Distinct(directional).All(b => Distinct(traces).Any(other => Math.Abs(other - b) <= 0.02 * b));
        var dropped = (covers ? directional : traces).ToHashSet();
        warnings.Add(covers
            ? new("DICOM-TRACE-USED",
                $"{dropped.Count} images of single directions are left out: the series has their trace images")
            : new("DICOM-TRACE-DROPPED",
                $"{dropped.Count} trace images are left out: they do not exist at every b-value"));
        return slices.FindAll(one => !dropped.Contains(one));
    }

    private static ImmutableArray<double> Distinct(List<PlacedSlice> slices) => BValueClusters.Of(
        [.. slices.Select(one => one.Slice.Weighting.BSecondsPerMm2).OfType<double>()]).SecondsPerMm2;
}
