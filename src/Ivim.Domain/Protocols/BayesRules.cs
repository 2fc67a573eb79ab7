namespace Ivim.Domain.Protocols;

/// <summary>The Bayesian baselines: docs/bayes.md.</summary>
public sealed record BayesRules
{
    public int Chains { get; init; } = 4;

    /// <summary>Sweeps with the hierarchical prior that only tune the steps.</summary>
    public int BurnIn { get; init; } = 5000;

    /// <summary>Sweeps with the hierarchical prior that count.</summary>
    public int Samples { get; init; } = 5000;

    /// <summary>`bayes-mrf`: sweeps with the field that only tune the steps.</summary>
    public int FieldBurnIn { get; init; } = 2000;

    /// <summary>`bayes-mrf`: sweeps with the field that count.</summary>
    public int FieldSamples { get; init; } = 2000;

    /// <summary>`bayes-mrf`: `absolute`, or `relative` as published.</summary>
    public string FieldWeighting { get; init; } = "absolute";

    /// <summary>`bayes-mrf`: smaller is smoother.</summary>
    public double FieldTau { get; init; } = 4;

    /// <summary>`mrf-map`: smaller is smoother.</summary>
    public double MapTau { get; init; } = 1;
}
