using System.Globalization;
using System.Text.RegularExpressions;
using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Gradients;

namespace Ivim.Imaging.Dicom.Vendors;

/// <summary>Canon and Toshiba: (0018,9087) on weighted images only; classic V6.0 writes b and direction into the
/// comment, as `b=1500(0.445,0.000,0.895)`.</summary>
internal static partial class CanonWeighting
{
    public static DiffusionWeighting Of(IDicomDataset dataset)
    {
        var standard = StandardWeighting.Of(dataset);
        var match = Comment().Match(dataset.Text(MrTags.ImageComments));
        if (!match.Success || Number(match, 1) is not { } b) return standard;
        if (standard.BSecondsPerMm2 is { } other && !DiffusionWeighting.Agree(b, other))
            return standard with
            {
                Doubt = string.Create(CultureInfo.InvariantCulture,
                    $"b = {other:0.###} in (0018,9087) and b = {b:0.###} in the comment of one image"),
            };
        Vector? direction = Number(match, 2) is { } x && Number(match, 3) is { } y && Number(match, 4) is { } z
            ? new(x, y, z)
            : null;
        return standard.Direction is null && direction is not null
            ? new DiffusionWeighting(b, direction, DirectionAxes.Image, standard.IsIsotropic).Tidied()
            : standard with { BSecondsPerMm2 = standard.BSecondsPerMm2 ?? b };
    }

    private static double? Number(Match match, int group) =>
        double.TryParse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture,
            out double number) ? number : null;

    [GeneratedRegex(@"^b=([0-9.]{1,10})(?:\((-?[0-9.]{1,10}),(-?[0-9.]{1,10}),(-?[0-9.]{1,10})\))?$")]
    private static partial Regex Comment();
}
