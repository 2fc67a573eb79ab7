namespace Ivim.Imaging.Dicom.Vendors;

/// <summary>Whose private elements an object may hold.</summary>
public enum Manufacturer
{
    Other,
    Canon,
    Ge,
    Philips,
    Siemens,
    UnitedImaging,
}

internal static class Manufacturers
{
    /// <summary>By the first letters of Manufacturer (0008,0070).</summary>
    public static Manufacturer Of(IDicomDataset dataset)
    {
        string name = dataset.Text(MrTags.Manufacturer);
        bool Begins(string start) => name.StartsWith(start, StringComparison.OrdinalIgnoreCase);
        if (Begins("GE MEDICAL") || Begins("GE HEALTHCARE") || name == "GE") return Manufacturer.Ge;
        if (Begins("SIEMENS")) return Manufacturer.Siemens;
        if (Begins("PHILIPS")) return Manufacturer.Philips;
        if (Begins("CANON") || Begins("TOSHIBA")) return Manufacturer.Canon;
        return Begins("UIH") || Begins("UNITED IMAGING") ? Manufacturer.UnitedImaging : Manufacturer.Other;
    }

    /// <summary>As BIDS writes it; null for one that is not known here, since any other text may hold anything.
    /// </summary>
    public static string? PlainName(this Manufacturer manufacturer) => manufacturer switch
    {
        Manufacturer.Canon => "Canon",
        Manufacturer.Ge => "GE",
        Manufacturer.Philips => "Philips",
        Manufacturer.Siemens => "Siemens",
        Manufacturer.UnitedImaging => "UIH",
        _ => null,
    };
}
