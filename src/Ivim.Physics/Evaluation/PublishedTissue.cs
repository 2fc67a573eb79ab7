namespace Ivim.Physics.Evaluation;

/// <summary>What others have published of a tissue: for orientation, no range that a map must keep.</summary>
/// <param name="D">mm²/s.</param>
/// <param name="DStar">mm²/s.</param>
/// <param name="Through">Where we have the numbers from: not each was read in the paper itself.</param>
public sealed record PublishedTissue(
    string Name, double D, double F, double DStar, string Source, string Doi, string Through)
{
    private const string Consensus = "expected means of the OSIPI TF2.4 collection, ivim_body_part_defaults";
    private const string Xcat = "OSIPI TF2.4 collection, XCAT phantom";

    /// <summary>In the order of the report; several sources of one tissue stand one below the other.</summary>
    public static IReadOnlyList<PublishedTissue> All { get; } =
    [
        Of("liver", 1.09, .2305, 70.0, "Li et al. 2017", "10.21037/qims.2017.02.03", Consensus),
        Of("spleen", 1.30, .20, 30.0, "Taimouri et al. 2015", "10.1118/1.4915495", Xcat),
        Of("kidney", 1.89, .1888, 40.5, "Ljimani et al. 2020", "10.1007/s10334-019-00790-y", Consensus),
        Of("kidney cortex", 2.12, .097, 20.0, "van Baalen et al. 2017", "10.1002/jmri.25519", Xcat),
        Of("kidney medulla", 2.09, .158, 19.0, "van Baalen et al. 2017", "10.1002/jmri.25519", Xcat),
        Of("pancreas", 1.41, .2003, 25.4, "Zhu et al. 2021", "10.1007/s00330-021-07891-9", Consensus),
        Of("pancreatic tumour", 1.40, .1239, 22.2, "Zhu et al. 2021", "10.1007/s00330-021-07891-9", Consensus),
        Of("muscle", 1.47, .1034, 30.9, "Englund et al. 2022", "10.1002/jmri.27876", Consensus),
        Of("breast, benign", 1.43, .070, 52.3, "Liang et al. 2020", "10.3389/fonc.2020.585486", Consensus),
        Of("breast, malignant", .97, .1131, 37.8, "Liang et al. 2020", "10.3389/fonc.2020.585486", Consensus),
        Of("brain", .83, .0764, 10.9, "Vieni et al. 2020", "10.1016/j.neuroimage.2019.116228", Consensus),
    ];

    /// <summary>Those of a tissue; names are compared without case, `_` is a space.</summary>
    public static IEnumerable<PublishedTissue> Of(string tissue) =>
        All.Where(known => string.Equals(known.Name, tissue.Replace('_', ' '), StringComparison.OrdinalIgnoreCase));

    /// <summary>From the unit of the tables: D and D* in 10⁻³ mm²/s.</summary>
    private static PublishedTissue Of(
        string name, double d, double f, double dStar, string source, string doi, string through) =>
        new(name, d * 1e-3, f, dStar * 1e-3, source, doi, through);
}
