using System.Globalization;
using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Gradients;

namespace Ivim.Imaging.Dicom.Vendors;

/// <summary>GE: b in (0043,1039), to which software from RX27 on adds 10⁹ for some series; the direction in
/// (0019,10BB) to (0019,10BD).</summary>
internal static class GeWeighting
{
    private const string Parameters = "GEMS_PARM_01", Acquisition = "GEMS_ACQU_01";
    private const double Mark = 1e9;

    public static DiffusionWeighting Of(IDicomDataset dataset)
    {
        var standard = StandardWeighting.Of(dataset);
        double? own = dataset.PrivateNumber(0x0043, Parameters, 0x39, DicomNumbers.Text) is { } coded and >= 0
            ? coded % Mark
            : null;
        if (own is null && standard.BSecondsPerMm2 is null) return DiffusionWeighting.NotKnown;
        string? doubt = own is { } a && standard.BSecondsPerMm2 is { } b && !DiffusionWeighting.Agree(a, b)
            ? string.Create(CultureInfo.InvariantCulture,
                $"b = {b:0.###} in (0018,9087) and b = {a:0.###} in (0043,1039) of one image")
            : null;
        var direction = Direction(dataset);
        double length = direction?.Length ?? 0;
        // Several b-values can be coded by shorter gradients under one nominal b: then no element says the true one.
        if (doubt is null && own > 0 && length is > 0.03 and < 0.97)
            doubt = string.Create(CultureInfo.InvariantCulture,
                $"a gradient of length {length:0.###} under a nominal b = {own:0.###}");
        return new DiffusionWeighting(standard.BSecondsPerMm2 ?? own, direction ?? standard.Direction,
            direction is null ? DirectionAxes.Patient : DirectionAxes.Image, standard.IsIsotropic, doubt).Tidied();
    }

    /// <summary>Frequency, phase and slice to row, column and normal; a vector and its opposite weigh alike.</summary>
    private static Vector? Direction(IDicomDataset dataset)
    {
        double? frequency = Component(0xBB), phase = Component(0xBC), slice = Component(0xBD);
        if (frequency is not { } f || phase is not { } p || slice is not { } s) return null;
        return dataset.Text(MrTags.PhaseAxis) switch
        {
            "COL" => new Vector(f, p, -s),
            "ROW" => new Vector(p, -f, -s),
            _ => null,
        };
        double? Component(byte element) => dataset.PrivateNumber(0x0019, Acquisition, element, DicomNumbers.Text);
    }
}
