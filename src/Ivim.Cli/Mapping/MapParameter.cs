namespace Ivim.Cli.Mapping;

/// <summary>A parameter that is mapped, with its name in files and on screens.</summary>
/// <param name="Name">As in file names, for example `Dstar`.</param>
/// <param name="Symbol">As in the literature.</param>
/// <param name="Unit">Of the stored numbers.</param>
/// <param name="ShownUnit">Of the numbers on a screen, empty for a dimensionless one.</param>
/// <param name="ShownPerStored">Factor from stored to shown numbers.</param>
internal sealed record MapParameter(string Name, string Symbol, string Unit, string ShownUnit, double ShownPerStored)
{
    public static MapParameter D { get; } = new("D", "D", "mm2/s", "1e-3 mm2/s", 1000);

    public static MapParameter F { get; } = new("f", "f", "1", "", 1);

    public static MapParameter DStar { get; } = new("Dstar", "D*", "mm2/s", "1e-3 mm2/s", 1000);

    public static MapParameter S0 { get; } = new("S0", "S0", "arbitrary", "", 1);

    public static IReadOnlyList<MapParameter> All { get; } = [D, F, DStar, S0];

    public string Heading => ShownUnit.Length == 0 ? Symbol : $"{Symbol} ({ShownUnit})";
}
