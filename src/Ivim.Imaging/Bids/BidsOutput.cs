namespace Ivim.Imaging.Bids;

/// <summary>Where the maps of one study go, relative to the output folder, with `/` between the parts.</summary>
/// <remarks>Follows BEP016 as QSIRecon writes it: the entities of the input, then model-, desc-, param- and the suffix
/// dwimap.</remarks>
public sealed record BidsOutput
{
    // A derivative's own entities: an input that already carries one of them must not appear to say it of the map.
    private static readonly string[] Replaced = ["model", "desc", "param"];

    private readonly string _folder;
    private readonly string _prefix;

    public BidsOutput(BidsName input)
    {
        _folder = input.Session is { } session
            ? $"sub-{input.Subject}/ses-{session}/dwi/" : $"sub-{input.Subject}/dwi/";
        _prefix = string.Join('_', input.Entities.Where(entity => !Replaced.Contains(entity.Key))
            .Select(entity => $"{entity.Key}-{entity.Label}"));
        Report = _prefix + ".html";
    }

    /// <summary>D, f, Dstar, S0 or rmse.</summary>
    public string Map(string parameter) => $"{_folder}{_prefix}_model-ivim_param-{Checked(parameter)}_dwimap.nii.gz";

    /// <summary>A map that qualifies another: `std` for its uncertainty, `polished` for the spatial prior's.</summary>
    public string Map(string parameter, string description) =>
        $"{_folder}{_prefix}_model-ivim_desc-{Checked(description)}_param-{Checked(parameter)}_dwimap.nii.gz";

    public string Mask => $"{_folder}{_prefix}_desc-ivim_mask.nii.gz";

    /// <summary>Where D* is identifiable.</summary>
    public string Reliable => $"{_folder}{_prefix}_desc-reliable_mask.nii.gz";

    public string Provenance => $"{_folder}{_prefix}_desc-provenance_dwi.json";

    public string Report { get; }

    /// <summary>The side-car of an image.</summary>
    public static string SideCar(string imagePath) => imagePath[..^".nii.gz".Length] + ".json";

    private static string Checked(string label) =>
        BidsLabel.IsValid(label)
            ? label : throw new ArgumentException("a label has letters and digits only", nameof(label));
}
