namespace Ivim.Imaging.Dicom.Export;

/// <summary>A code with its meaning (PS3.16).</summary>
public readonly record struct DicomCode(string Value, string Scheme, string Meaning);

/// <summary>What a map shows, in the codes of PS3.16 (CID 7272, 7181).</summary>
/// <param name="Parameter">As in the file's name.</param>
/// <param name="Label">At most 16 characters.</param>
/// <param name="Unit">Of the float map.</param>
/// <param name="IntegerUnit">Of the map in integers, for viewers that know no small numbers.</param>
/// <param name="PerUnit">Integer units in one unit of the float map.</param>
/// <param name="Window">From 0, in the unit of the float map.</param>
public sealed record MapQuantity(
    string Parameter, string Label, DicomCode Code, DicomCode Unit, DicomCode IntegerUnit, double PerUnit,
    double Window)
{
    private static readonly DicomCode
        Diffusivity = new("mm2/s", "UCUM", "mm2/s"), Micro = new("um2/s", "UCUM", "um2/s"),
        One = new("1", "UCUM", "no units"), Percent = new("%", "UCUM", "percent");

    /// <summary>Those that DICOM has codes for: S0 and the residuals have none.</summary>
    public static readonly IReadOnlyList<MapQuantity> All =
    [
        new("D", "IVIM D", new("113291", "DCM", "Slow Diffusion Coefficient"), Diffusivity, Micro, 1e6, 0.003),
        new("f", "IVIM f", new("113293", "DCM", "Fast Diffusion Coefficient Fraction"), One, Percent, 100, 0.5),
        new("Dstar", "IVIM D*", new("113292", "DCM", "Fast Diffusion Coefficient"), Diffusivity, Micro, 1e6, 0.1),
    ];
}
