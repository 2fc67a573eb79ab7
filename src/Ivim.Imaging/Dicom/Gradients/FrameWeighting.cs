using Ivim.Imaging.Dicom.Vendors;

namespace Ivim.Imaging.Dicom.Gradients;

/// <summary>Which rule reads the weighting of a frame.</summary>
internal static class FrameWeighting
{
    /// <param name="macro">The frame's MR Diffusion item; null in a classic object, or where it has none.</param>
    public static DiffusionWeighting Of(
        IDicomDataset dataset, IDicomDataset? macro, Manufacturer manufacturer, SiemensCsa csa)
    {
        if (macro is not null)
        {
            var standard = StandardWeighting.Of(macro);
            if (standard.BSecondsPerMm2 is not null) return standard;
        }
        return manufacturer switch
        {
            Manufacturer.Ge => GeWeighting.Of(dataset),
            Manufacturer.Siemens => SiemensWeighting.Of(dataset, csa),
            Manufacturer.Philips => PhilipsWeighting.Of(dataset),
            Manufacturer.Canon => CanonWeighting.Of(dataset),
            Manufacturer.UnitedImaging => UnitedImagingWeighting.Of(dataset),
            _ => StandardWeighting.Of(dataset),
        };
    }
}
