using Ivim.Physics.Evaluation;

namespace Ivim.Cli.Benchmark;

/// <summary>One method on one phantom at one signal-to-noise ratio, over all realisations.</summary>
internal sealed record SummaryRow
{
    public required string Phantom { get; init; }

    public required double SignalToNoise { get; init; }

    public required string Method { get; init; }

    public required int Realisations { get; init; }

    /// <summary>Mean of the runs.</summary>
    public required double Seconds { get; init; }

    /// <summary>By the names of the parameters: D, f, Dstar.</summary>
    public required IReadOnlyDictionary<string, SummaryParameter> Parameters { get; init; }

    /// <summary>Geometric mean over D, f and D* of the RMSE divided by the reference method's, paired by realisation;
    /// null where the reference did not run.</summary>
    public BootstrapInterval? Ratio { get; init; }

    /// <summary>Rank correlations between the estimates, the mean over realisations.</summary>
    public required IReadOnlyDictionary<string, double> Correlations { get; init; }
}

/// <summary>One parameter of such a row, in stored units; means over realisations where nothing else is
/// said.</summary>
internal sealed record SummaryParameter
{
    /// <summary>Root of the mean squared error over all voxels and realisations, with its 95 % interval.</summary>
    public required BootstrapInterval Rmse { get; init; }

    public required double NormalisedRmse { get; init; }

    public required double ConstantRmse { get; init; }

    /// <summary>With the truth.</summary>
    public required double RankCorrelation { get; init; }

    /// <summary>RMSE divided by the reference method's.</summary>
    public BootstrapInterval? Ratio { get; init; }

    /// <summary>Of the 90 % interval.</summary>
    public double? Coverage { get; init; }

    public double? Seam { get; init; }

    /// <summary>Share of voxels that lie on a bound.</summary>
    public double? AtBounds { get; init; }

    /// <summary>Spread over seeds of the networks.</summary>
    public double? SeedSpread { get; init; }

    public required IReadOnlyList<SummaryRegion> Regions { get; init; }
}

internal sealed record SummaryRegion(
    string Region, int Voxels, double MeanTruth, double Rmse, double RelativeBias, double RelativeMedianBias,
    double CoefficientOfVariation);
