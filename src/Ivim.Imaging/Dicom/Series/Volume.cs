using Ivim.Imaging.Dicom.Gradients;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>A slice and the object that holds it.</summary>
internal readonly record struct PlacedSlice(CatalogEntry Object, int ObjectOrder, SliceImage Slice);

/// <summary>One acquired image: its slices from first to last along the normal.</summary>
internal sealed record Volume(DiffusionWeighting Weighting, IReadOnlyList<PlacedSlice> Slices)
{
    /// <summary>When its first slice was stored.</summary>
    public (int Object, int Frame) Order => Slices.Min(one => (one.ObjectOrder, one.Slice.Frame));
}
