using System.Globalization;
using Ivim.Domain.Protocols;
using Ivim.Learning;

namespace Ivim.Actors.Reports;

/// <summary>How a parameter is shown.</summary>
/// <param name="Name">As in file names.</param>
/// <param name="Unit">Of the displayed numbers; empty for none.</param>
/// <param name="Scale">Displayed number per stored number.</param>
/// <param name="Bounds">As stored; null where they are relative to something else.</param>
internal sealed record ReportParameter(string Name, string Symbol, string Meaning, string Unit, double Scale,
    string Format, Func<ParameterMaps, float[]> Of, Func<BoundsRules, Interval>? Bounds)
{
    private const string Diffusivity = "10⁻³ mm²/s";

    public static IReadOnlyList<ReportParameter> All { get; } =
    [
        new("D", "D", "tissue diffusivity", Diffusivity, 1000, "0.00", maps => maps.D, bounds => bounds.D),
        new("f", "f", "perfusion fraction", "", 1, "0.000", maps => maps.F, bounds => bounds.F),
        new("Dstar", "D*", "pseudo-diffusivity", Diffusivity, 1000, "0.0", maps => maps.DStar, bounds => bounds.DStar),
        new("S0", "S0", "signal at b = 0", "scanner units", 1, "0.0", maps => maps.S0, null),
    ];

    public string WithUnit => Unit.Length == 0 ? Symbol : $"{Symbol} [{Unit}]";

    public string Show(double stored) => double.IsFinite(stored)
        ? (stored * Scale).ToString(Format, CultureInfo.InvariantCulture).Replace('-', '−') : "–";
}
