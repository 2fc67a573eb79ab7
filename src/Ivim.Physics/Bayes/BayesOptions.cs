using System.Globalization;

namespace Ivim.Physics.Bayes;

/// <summary>How long one stage of the sampler runs.</summary>
/// <param name="BurnIn">Sweeps that only tune the steps and are dropped.</param>
/// <param name="Samples">Sweeps that count.</param>
public readonly record struct ChainLength(int BurnIn, int Samples)
{
    public int Sweeps => BurnIn + Samples;
}

/// <summary>
/// What the Bayesian fit may be told. The defaults are the published lengths of Spinner 2021 with the steps of a
/// one-dimensional walk.
/// </summary>
public sealed record BayesOptions
{
    public static BayesOptions Default { get; } = new();

    /// <summary>Independent chains from dispersed starts, 2 to 16.</summary>
    public int Chains { get; init; } = 4;

    /// <summary>The stage with the hierarchical prior.</summary>
    public ChainLength Shrinkage { get; init; } = new(5000, 5000);

    /// <summary>The stage with the spatial prior, or none.</summary>
    public MarkovFieldOptions? Field { get; init; }

    /// <summary>
    /// Hard limits of D, f and D*, or none (as published): proposals outside are rejected. Those of S0 are not used:
    /// S0 is integrated out.
    /// </summary>
    public ParameterBounds? Bounds { get; init; }

    /// <summary>
    /// From this b-value on, in s/mm², the likelihood of the hierarchical stage knows the slow term only: the
    /// segmented likelihood of Spinner 2021, who take 800 in the brain. Infinite, the default: the full likelihood
    /// everywhere. The spatial stage always has the full one.
    /// </summary>
    public double PerfusionCutoffSecondsPerMm2 { get; init; } = double.PositiveInfinity;

    /// <summary>Added to the diagonal of the inverse Wishart's scale; 10 in Orton's program, 0 as published.</summary>
    public double HyperPriorScale { get; init; }

    /// <summary>Added to the inverse Wishart's degrees of freedom; 23 in Orton's program, 0 as published.</summary>
    public double HyperPriorDegrees { get; init; }

    /// <summary>First sweeps in which μ and Σ keep their start, as in Orton's program.</summary>
    public int PriorFixedSweeps { get; init; } = 200;

    /// <summary>Sweeps between two adaptations of the steps during burn-in.</summary>
    public int AdaptEvery { get; init; } = 50;

    /// <summary>
    /// Share of proposals that the steps are tuned to: 0.44 is best for one parameter at a time (Gelman, Roberts and
    /// Gilks, Bayesian Statistics 5 (1996) 599); Spinner tunes to 0.234, Orton to 0.5. It changes how fast chains mix,
    /// not what they converge to.
    /// </summary>
    public double TargetAcceptance { get; init; } = 0.44;

    /// <summary>Every how many sweeps a sample is recorded.</summary>
    public int RecordEvery { get; init; } = 5;

    /// <exception cref="RefusalException">BAYES-OPTIONS: a number is outside its range.</exception>
    internal void Check()
    {
        Require(Chains is >= 2 and <= 16, $"{Chains} chains", "2 to 16");
        Require(AdaptEvery is >= 10 and <= 1000, $"an adaptation every {AdaptEvery} sweeps", "10 to 1000");
        Require(PriorFixedSweeps >= 0, $"{PriorFixedSweeps} sweeps with a fixed prior", "0 or more");
        Require(TargetAcceptance is >= 0.05 and <= 0.95, $"a target acceptance of {TargetAcceptance}", "0.05 to 0.95");
        Require(RecordEvery is >= 1 and <= 1000, $"a record every {RecordEvery} sweeps", "1 to 1000");
        Require(HyperPriorScale >= 0 && HyperPriorDegrees >= 0 && double.IsFinite(HyperPriorScale + HyperPriorDegrees),
            $"a hyper-prior of {HyperPriorScale} and {HyperPriorDegrees}", "two numbers from 0");
        Require(PerfusionCutoffSecondsPerMm2 > 0,
            $"a cut-off at b {PerfusionCutoffSecondsPerMm2}", "one above 0 s/mm²");
        Length(Shrinkage, "hierarchical");
        if (Field is null) return;
        Length(Field.Length, "spatial");
        Require(Field.Tau > 0 && double.IsFinite(Field.Tau), $"tau {Field.Tau}", "a number above 0");
        Require(Field.InPlaneRadius is >= 1 and <= 5, $"a radius of {Field.InPlaneRadius} in plane", "1 to 5 voxels");
        Require(Field.ThroughPlaneRadius is >= 0 and <= 5,
            $"a radius of {Field.ThroughPlaneRadius} through plane", "0 to 5 slices");
    }

    private void Length(ChainLength length, string stage)
    {
        Require(length.BurnIn >= 2 * AdaptEvery && length.BurnIn <= 1_000_000,
            $"{length.BurnIn} sweeps of burn-in in the {stage} stage", "2 adaptations to a million sweeps");
        int records = length.Samples / RecordEvery;
        Require(records is >= 20 and <= 4000, $"{records} recorded samples a chain in the {stage} stage", "20 to 4000");
    }

    private static void Require(bool holds, FormattableString found, string expected)
    {
        if (holds) return;
        throw new RefusalException("BAYES-OPTIONS", found.ToString(CultureInfo.InvariantCulture), expected,
            "correct the protocol");
    }
}
