using System.Text.Json.Nodes;
using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Vendors;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>The voxels of a series, read object by object.</summary>
internal static class SliceVoxels
{
    /// <returns>float32 [volume, z, y, x], rows upwards; and what the first object says of the acquisition.</returns>
    /// <exception cref="RefusalException">Pixels that cannot be read, or a file that has changed.</exception>
    public static (float[] Voxels, JsonObject Technical) Read(
        IReadOnlyList<Volume> volumes, SliceStack stack, IDicomReader reader)
    {
        int slice = stack.Rows * stack.Columns;
        var voxels = new float[(long)volumes.Count * stack.Slices * slice];
        var technical = new JsonObject();
        var places = volumes.SelectMany((volume, v) => volume.Slices.Select((one, z) =>
            (one.Object, one.ObjectOrder, one.Slice, At: (v * stack.Slices + z) * slice)));
        foreach (var inObject in places.GroupBy(place => place.ObjectOrder).OrderBy(group => group.Key))
        {
            var image = Again(inObject.First().Object, reader);
            if (technical.Count == 0) technical = TechnicalSideCar.Of(image.Dataset, inObject.First().Slice);
            foreach (var inFrame in inObject.GroupBy(place => place.Slice.Frame))
            {
                var frame = image.Frame(inFrame.Key);
                foreach (var place in inFrame)
                    Copy(frame, place.Slice, stack, voxels.AsSpan(place.At, slice));
            }
        }
        return (voxels, technical);
    }

    private static IDicomObject Again(CatalogEntry entry, IDicomReader reader)
    {
        var image = reader.Read(entry.Path);
        string name = image.Dataset.Text(MrTags.SopInstance);
        bool isSame = name.Length == 0 || name == entry.SopInstance;
        return isSame && image.Frames > entry.Slices.Max(slice => slice.Frame) ? image : throw VolumeRefusals.Changed();
    }

    private static void Copy(DicomFrame frame, SliceImage slice, SliceStack stack, Span<float> voxels)
    {
        int bottom = slice.Tile.Row + stack.Rows, right = slice.Tile.Column + stack.Columns;
        if (bottom > frame.Rows || right > frame.Columns) throw VolumeRefusals.Changed();
        for (int row = 0; row < stack.Rows; row++)
        {
            var target = voxels.Slice((stack.Rows - 1 - row) * stack.Columns, stack.Columns);
            int from = (slice.Tile.Row + row) * frame.Columns + slice.Tile.Column;
            for (int column = 0; column < target.Length; column++)
                target[column] = slice.Scaling.Signal(
                    frame.Integers is { } integers ? integers[from + column] : frame.Floats![from + column]);
        }
    }
}
