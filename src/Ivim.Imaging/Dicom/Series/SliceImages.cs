using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Gradients;
using Ivim.Imaging.Dicom.Vendors;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>The slices of one object: of a classic image, of each frame of an enhanced one, of each tile of a
/// mosaic.</summary>
internal static class SliceImages
{
    /// <exception cref="RefusalException">DICOM-MOSAIC or DICOM-FRAMES.</exception>
    public static IReadOnlyList<SliceImage> Of(IDicomDataset dataset, int frames)
    {
        var manufacturer = Manufacturers.Of(dataset);
        var elements = FrameElements.Of(dataset, frames);
        if (elements.Count == 0)
            throw new RefusalException("DICOM-FRAMES",
                $"{frames} frames, and functional groups that do not belong to them", "one group for each frame",
                "export the series again");
        var csa = manufacturer == Manufacturer.Siemens ? SiemensCsa.Of(dataset) : SiemensCsa.Empty;
        if (UnitedImagingWeighting.GridSlices(dataset) > 0 && manufacturer == Manufacturer.UnitedImaging)
            throw new RefusalException("DICOM-MOSAIC", "a UIH grid of many slices in one image", "one slice each",
                "export the series as single slices or as an enhanced object");
        return SiemensMosaic.IsMosaic(dataset, manufacturer)
            ? Tiles(dataset, csa, Of(elements[0], 0, manufacturer, csa))
            : [.. elements.Select((one, frame) => Of(one, frame, manufacturer, csa))];
    }

    private static SliceImage Of(FrameElements elements, int frame, Manufacturer manufacturer, SiemensCsa csa)
    {
        var root = elements.Root;
        var measures = elements.Home(MrTags.MeasuresSequence);
        var plane = SlicePlane.Of(
            elements.Home(MrTags.PositionSequence).Numbers(MrTags.Position),
            elements.Home(MrTags.OrientationSequence).Numbers(MrTags.Orientation),
            measures.Numbers(MrTags.PixelSpacing),
            (int)(root.Number(MrTags.Rows, DicomNumbers.UnsignedShort) ?? 0),
            (int)(root.Number(MrTags.Columns, DicomNumbers.UnsignedShort) ?? 0));
        var weighting = FrameWeighting.Of(root, elements.Macro(MrTags.DiffusionSequence), manufacturer, csa);
        var kind = ImageKinds.Of(elements);
        if (kind == ImageKind.Acquired && weighting.IsIsotropic) kind = ImageKind.Trace;
        double? distance = measures.Number(MrTags.SliceSpacing) is > 0 and { } spacing ? spacing
            : measures.Number(MrTags.SliceThickness) is > 0 and { } thickness ? thickness : null;
        return new SliceImage(frame, (0, 0), plane, weighting, kind, ImageScaling.Of(elements, manufacturer),
            manufacturer == Manufacturer.Philips ? PhilipsWeighting.Volume(root) : "",
            manufacturer == Manufacturer.Canon, AreAxesVerified(root, manufacturer, weighting, plane), distance);
    }

    /// <summary>GE's directions were compared for axial slices with phase encoding along columns only.</summary>
    private static bool AreAxesVerified(
        IDicomDataset root, Manufacturer manufacturer, DiffusionWeighting weighting, SlicePlane? plane) =>
        weighting.Direction is null || weighting.Axes == DirectionAxes.Patient
        || (manufacturer == Manufacturer.Ge && root.Text(MrTags.PhaseAxis) == "COL"
            && plane is not null && Math.Abs(plane.Normal.Z) > 0.7);

    private static IReadOnlyList<SliceImage> Tiles(IDicomDataset dataset, SiemensCsa csa, SliceImage whole)
    {
        if (whole.Plane is not { } plane) return [whole];
        return [.. SiemensMosaic.Tiles(dataset, csa, plane)
            .Select(tile => whole with { Tile = (tile.Row, tile.Column), Plane = tile.Plane })];
    }
}
