using Ivim.Imaging.Dicom.Files;
using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Series;
using Ivim.Imaging.Dicom.Vendors;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Export;

/// <summary>An image that a slice of a map came from.</summary>
/// <param name="Frame">From 1; null where the object has one frame.</param>
public sealed record SourceImage(string SopClass, string SopInstance, int? Frame);

/// <summary>The acquired series of maps: whose it is, where its slices lie, and which images they are.</summary>
/// <param name="Header">One of its objects, for patient and study.</param>
/// <param name="Planes">Of each slice, along the normal.</param>
/// <param name="Step">Distance of slices, mm.</param>
/// <param name="Images">Of each slice, in the order of acquisition.</param>
public sealed record DicomSource(
    IDicomDataset Header, string SeriesUid, IReadOnlyList<SlicePlane> Planes, double Step, SliceStack Stack,
    IReadOnlyList<IReadOnlyList<SourceImage>> Images)
{
    /// <summary>Needs no b-values, but a choice of the series where its objects tell none.</summary>
    /// <param name="path">A folder, a DICOMDIR, or one object.</param>
    /// <param name="series">The number of a listing, or a Series Instance UID; null leaves it to the rule.</param>
    /// <exception cref="RefusalException">As <see cref="DicomSeriesReader.Read"/>.</exception>
    public static DicomSource Read(string path, string? series, IDicomReader? reader = null)
    {
        reader ??= new ManagedDicomReader();
        var entry = SeriesChoice.Of(new DicomSeriesReader(reader).List(path).Series, series, bValuesGiven: true);
        var slices = WantedSlices.Of(entry, []);
        int nowhere = slices.Count(one => one.Slice.Plane is null);
        if (nowhere > 0) throw VolumeRefusals.PositionMissing(nowhere);
        var thickness = slices.Select(one => one.Slice.Thickness).FirstOrDefault(found => found is not null);
        var stack = SliceStack.Of([.. slices.Select(one => one.Slice.Plane!)], thickness);
        var objects = slices.Select(one => one.Object.Path).Distinct().ToDictionary(at => at, reader.Read);
        var placed = slices.ToLookup(one => stack.IndexOf(one.Slice.Plane!));
        SlicePlane[] planes = [.. Enumerable.Range(0, stack.Slices).Select(z => placed[z].First().Slice.Plane!)];
        double step = planes.Length == 1 ? thickness!.Value
            : (planes[^1].Position - planes[0].Position).Length / (planes.Length - 1);
        return new DicomSource(objects[slices[0].Object.Path].Dataset, entry.Uid, planes, step, stack,
            [.. Enumerable.Range(0, stack.Slices).Select(z => (IReadOnlyList<SourceImage>)[.. placed[z]
                .Select(one => Image(objects[one.Object.Path], one.Slice.Frame)).Distinct()])]);
    }

    private static SourceImage Image(IDicomObject holder, int frame) => new(
        holder.Dataset.Text(MrTags.SopClass), holder.Dataset.Text(MrTags.SopInstance),
        holder.Frames > 1 ? frame + 1 : null);
}
