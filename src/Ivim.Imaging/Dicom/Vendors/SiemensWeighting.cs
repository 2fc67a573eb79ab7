using System.Globalization;
using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Gradients;

namespace Ivim.Imaging.Dicom.Vendors;

/// <summary>Siemens: the standard's elements (XA), else (0019,100C) and (0019,100E), else the CSA header.</summary>
internal static class SiemensWeighting
{
    public const string Creator = "SIEMENS MR HEADER";

    public static DiffusionWeighting Of(IDicomDataset dataset, SiemensCsa csa)
    {
        var standard = StandardWeighting.Of(dataset);
        double? header = dataset.PrivateNumber(0x0019, Creator, 0x0C, DicomNumbers.Text);
        double? inner = csa.Number("B_value");
        double?[] all = [standard.BSecondsPerMm2, header, inner];
        double[] known = [.. all.OfType<double>()];
        if (known.Length == 0) return DiffusionWeighting.NotKnown;
        string? doubt = known.Any(b => !DiffusionWeighting.Agree(b, known[0]))
            ? string.Create(CultureInfo.InvariantCulture,
                $"b-values from {known.Min():0.###} to {known.Max():0.###} in the elements of one image")
            : null;
        var direction = standard.Direction
            ?? Vector.Of(dataset.PrivateNumbers(0x0019, Creator, 0x0E, DicomNumbers.DoublePrecision))
            ?? Vector.Of(csa.Numbers("DiffusionGradientDirection"));
        bool isTrace = standard.IsIsotropic
            || dataset.PrivateText(0x0019, Creator, 0x0D) == "ISOTROPIC"
            || csa.Text("DiffusionDirectionality") == "ISOTROPIC";
        return new DiffusionWeighting(known[0], direction, IsIsotropic: isTrace, Doubt: doubt).Tidied();
    }
}
