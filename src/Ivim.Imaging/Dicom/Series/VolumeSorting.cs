using System.Globalization;
using Ivim.Imaging.Dicom.Geometry;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>Slices to volumes, by what they say of themselves; instance numbers only put volumes in order, and tell
/// repeats of one weighting apart.</summary>
internal static class VolumeSorting
{
    /// <param name="slices">Each with a plane.</param>
    /// <returns>In the order of acquisition.</returns>
    /// <exception cref="RefusalException">DICOM-SLICES-MISSING.</exception>
    public static IReadOnlyList<Volume> Sort(IReadOnlyList<PlacedSlice> slices, SliceStack stack)
    {
        var volumes = new List<Volume>();
        foreach (var alike in slices.GroupBy(one => (one.Slice.Weighting, one.Slice.Kind, one.Slice.Volume)))
            volumes.AddRange(Repeats([.. alike], stack));
        return [.. volumes.OrderBy(volume => volume.Order)];
    }

    private static IEnumerable<Volume> Repeats(IReadOnlyList<PlacedSlice> alike, SliceStack stack)
    {
        var places = new List<PlacedSlice>[stack.Slices];
        for (int z = 0; z < places.Length; z++) places[z] = [];
        foreach (var one in alike) places[stack.IndexOf(one.Slice.Plane!)].Add(one);
        int most = places.Max(place => place.Count), least = places.Min(place => place.Count);
        var weighting = alike[0].Slice.Weighting;
        if (most != least)
            throw VolumeRefusals.SlicesMissing(string.Create(CultureInfo.InvariantCulture,
                $"{least} images of slice {Array.FindIndex(places, p => p.Count == least) + 1} "
                + $"and {most} of slice {Array.FindIndex(places, p => p.Count == most) + 1} of {stack.Slices} ")
                + (weighting.BSecondsPerMm2 is { } b
                    ? string.Create(CultureInfo.InvariantCulture, $"at b = {b:0.###}")
                    : "of one volume"));
        foreach (var place in places)
            place.Sort((a, b) => (a.ObjectOrder, a.Slice.Frame).CompareTo((b.ObjectOrder, b.Slice.Frame)));
        return Enumerable.Range(0, most).Select(repeat =>
            new Volume(weighting, [.. places.Select(place => place[repeat])]));
    }
}
