using System.Globalization;
using Ivim.Domain.Protocols;
using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>One published map: where its values are, its unit and what its side-car says.</summary>
/// <param name="Parameter">As in the file name: `D`, `f`, `Dstar`, `S0`, `rmse`.</param>
/// <param name="IsRelative">Whether the values are to be multiplied by the reference signal.</param>
internal sealed record OutputMap(string Parameter, string Units, string Meaning, Func<ParameterMaps, float[]> Of,
    bool HasSpread = true, bool IsRelative = false)
{
    public MapText Describe(Protocol protocol) => new(Units, protocol.MemberCount == 1 || Parameter == "rmse"
        ? Meaning
        : protocol.MergeRule == MergeRules.LowestLoss
            ? $"{Meaning}; of the one of {protocol.Ensemble.Members} networks with the least loss"
            : $"{Meaning}; {protocol.MergeRule} over {protocol.Ensemble.Members} networks");

    /// <summary>The Bayesian fit of raw signals integrates S0 out and knows no spread of it.</summary>
    public bool HasSpreadBy(Protocol protocol) => HasSpread && (MapErrors.Propagates(protocol) || !IsRelative);

    /// <param name="noise">Of the denoised signals, as a share of the raw ones'.</param>
    public MapText DescribePolished(Protocol protocol, double noise) => new(Units, string.Create(
        CultureInfo.InvariantCulture,
        $"{Describe(protocol).Description}; then polished by a guided spatial prior, this project's extension of the ")
        + string.Create(CultureInfo.InvariantCulture,
        $"method (docs/polish.md), with {noise:0.00} of the raw noise taken to be left after denoising"));

    public MapText DescribeSpread(Protocol protocol)
    {
        const string Posterior = "half of the central 68 % interval of the posterior";
        string spread = protocol.Learns ? "; and spread over the networks that were merged" : "; and " + Posterior;
        return new MapText(Units, !MapErrors.Propagates(protocol) ? $"{Meaning}: {Posterior}"
            : $"{Meaning}: standard deviation: {Noise(protocol)}{(MapErrors.AddsSpread(protocol) ? spread : "")}");
    }

    public MapText DescribePolishedSpread(Protocol protocol) => new(Units,
        $"{Meaning}, polished: standard deviation: {Noise(protocol)}, of which the polish leaves a share");

    private static string Noise(Protocol protocol) => protocol.Denoises
        ? "noise that the denoiser leaves, found by a probe, through a linear fit, and misfit of the signals "
            + "(docs/uncertainty.md)"
        : "noise by the residuals of neighbouring voxels through a linear fit, and their misfit (docs/uncertainty.md)";
}

/// <param name="Units">As BIDS writes them.</param>
internal sealed record MapText(string Units, string Description);

/// <summary>The maps of every study, in the order of the report.</summary>
internal static class OutputMaps
{
    public const string SpreadSuffix = "-std", PolishedSuffix = "-polished";
    public const string Mask = "mask", Reliable = "reliable";

    public static IReadOnlyList<OutputMap> All { get; } =
    [
        new("D", "mm^2/s", "Tissue diffusivity D", maps => maps.D),
        new("f", "1", "Perfusion fraction f", maps => maps.F),
        new("Dstar", "mm^2/s", "Pseudo-diffusivity D*", maps => maps.DStar),
        new("S0", "arbitrary", "Signal at b = 0", maps => maps.S0, IsRelative: true),
        new("rmse", "1", "Root mean squared residual, relative to the reference signal", maps => maps.Rmse,
            HasSpread: false),
    ];

    public static MapText DescribeReliable(UncertaintyRules rules) => new("1", string.Create(
        CultureInfo.InvariantCulture,
        $"Voxels where D* is identifiable: f above {rules.ReliableAboveF}, and the standard deviation of D* below "
            + $"{rules.ReliableShareOfIgnorance} of that of a uniform distribution over its bounds"));

    /// <summary>Those that the polish changes.</summary>
    public static IEnumerable<OutputMap> Polished => All.Where(map => map.HasSpread);
}
