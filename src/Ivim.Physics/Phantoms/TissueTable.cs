namespace Ivim.Physics.Phantoms;

/// <summary>Tissues of one anatomy, with the shapes that the smooth phantom gives them.</summary>
/// <remarks>Region label i + 1 is tissue i; label 0 is the background.</remarks>
public sealed class TissueTable
{
    private const string Consensus = "OSIPI consensus means, ivim_body_part_defaults (TF2.4 collection)";
    private const string Xcat = "OSIPI XCAT phantom (TF2.4 collection)";
    private const string Spinner = "Spinner, Federau and Kozerke 2021, brain phantom of BayesIVIM";
    private const string Kaandorp = "example phantom of IVIM-NET (Kaandorp et al. 2021)";

    private TissueTable(string name, IReadOnlyList<Tissue> tissues, IReadOnlyList<Ellipsoid> shapes) =>
        (Name, Tissues, Shapes) = (name, tissues, shapes);

    public static TissueTable Abdomen { get; } = new("abdomen",
        [
            Tissue.Published("muscle", 1.47, .103, 30.9, .85, Consensus),
            Tissue.Published("liver", 1.09, .2305, 70.0, .90, $"{Consensus} <- Li 2017"),
            Tissue.Published("spleen", 1.30, .20, 30.0, 1.15, $"{Xcat} <- Taimouri 2015"),
            Tissue.Published("kidney cortex", 2.12, .097, 20.0, 1.20, $"{Xcat} <- van Baalen"),
            Tissue.Published("kidney medulla", 2.09, .158, 19.0, 1.10, $"{Xcat} <- van Baalen"),
            Tissue.Published("pancreas", 1.41, .2003, 25.4, 1.00, $"{Consensus} <- Zhu 2021"),
            Tissue.Published("pancreatic tumour", 1.32, .055, 94.0, 1.05, $"{Xcat} <- Klaassen 2018"),
        ],
        [
            new(0, 0, 0, 0, .92, .80, 4),
            new(1, -.40, -.18, -.20, .44, .50, 1.60, 20),
            new(2, .58, -.25, .10, .20, .34, 1.30, -25),
            new(3, -.36, .46, .15, .22, .20, 1.50, 35),
            new(4, -.36, .46, .15, .12, .10, 1.10, 35),
            new(3, .40, .46, -.10, .22, .20, 1.50, -35),
            new(4, .40, .46, -.10, .12, .10, 1.10, -35),
            new(5, .16, .02, .00, .26, .13, 1.30, -15),
            new(6, .10, .04, -.10, .10, .09, .80),
        ]);

    /// <remarks>
    /// Necrosis and stroke core have D* below D in the source: there f = 0.01, and D* cannot be estimated at all.
    /// </remarks>
    public static TissueTable Brain { get; } = new("brain",
        [
            Tissue.Published("grey matter", .80, .08, 6.0, 1.10, Spinner),
            Tissue.Published("white matter", .60, .05, 4.0, .90, Spinner),
            Tissue.Published("tumour rim", 1.20, .10, 10.0, 1.10, Spinner),
            Tissue.Published("tumour core", 1.40, .15, 12.0, 1.15, Spinner),
            Tissue.Published("necrosis", .40, .01, .1, 1.00, Spinner),
            Tissue.Published("stroke rim", .40, .03, 3.0, 1.00, Spinner),
            Tissue.Published("stroke core", .30, .01, .1, 1.05, Spinner),
        ],
        [
            new(0, 0, 0, 0, .78, .92, 4),
            new(1, 0, 0, 0, .60, .74, 2.5),
            new(0, 0, .05, 0, .16, .12, 1.8),
            new(2, -.30, -.30, .10, .24, .28, 1.3, 15),
            new(3, -.30, -.30, .10, .17, .20, 1.1, 15),
            new(4, -.32, -.28, .10, .08, .10, .9),
            new(5, .34, .28, -.10, .20, .26, 1.3, -20),
            new(6, .35, .29, -.10, .12, .16, 1.0, -20),
        ]);

    public static TissueTable NestedSquares { get; } = new("nested",
        [
            Tissue.Published("outer", 1.0, .45, 70.0, 1.0, Kaandorp),
            Tissue.Published("middle", 1.5, .30, 50.0, 1.0, Kaandorp),
            Tissue.Published("centre", 2.0, .15, 30.0, 1.0, Kaandorp),
        ],
        [new(0, 0, 0, 0, .9, .9, 4), new(1, 0, 0, 0, .6, .6, 2), new(2, 0, 0, 0, .3, .3, 1)]);

    public static IReadOnlyList<TissueTable> All { get; } = [Abdomen, Brain, NestedSquares];

    public string Name { get; }

    public IReadOnlyList<Tissue> Tissues { get; }

    /// <summary>Later shapes lie over earlier ones; the first is the body.</summary>
    internal IReadOnlyList<Ellipsoid> Shapes { get; }

    /// <exception cref="RefusalException">PHANTOM-TISSUES: no table has this name.</exception>
    public static TissueTable Named(string name) => All.FirstOrDefault(table => table.Name == name)
        ?? throw new RefusalException("PHANTOM-TISSUES", "an unknown tissue table",
            string.Join(" or ", All.Select(table => table.Name)), "choose one of these");
}
