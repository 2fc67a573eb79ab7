using Ivim.Physics;
using Ivim.Physics.Noise;

namespace Ivim.Learning.Start;

/// <summary>
/// The first link of the chain of warm starts: signals of every tissue that may come, simulated for one b-value table.
/// A member trained on them (<see cref="Trainer"/>, without labels as always) is the warm start of any study with that
/// table; its conditioning goes with its weights, so that whitening stays that of the simulated signals.
/// </summary>
/// <remarks>The ranges are our own choice: wider than the tissues of docs/network.md's sources.</remarks>
public sealed record StartRecipe
{
    public int Voxels { get; init; } = 60_000;

    /// <summary>mm²/s, uniform.</summary>
    public Bounds D { get; init; } = new(0.2e-3, 3.5e-3);

    /// <summary>Uniform.</summary>
    public Bounds F { get; init; } = new(0, 0.5);

    /// <summary>mm²/s, log-uniform.</summary>
    public Bounds DStar { get; init; } = new(6e-3, 0.15);

    /// <summary>
    /// S0 / σ of one volume, log-uniform over the voxels; a signal that is the mean of n volumes has σ / √n.
    /// </summary>
    public Bounds SignalToNoise { get; init; } = new(15, 120);

    public NoiseKind Noise { get; init; } = NoiseKind.Gaussian;

    /// <summary>A training of this link. No rule ends it: its signals have no noise level in common.</summary>
    public static TrainingRecipe Training(int steps = 8000) => new()
    {
        Steps = steps,
        EvaluateEvery = 500,
        Stopping = new StoppingRecipe { ReferenceFactor = 0 },
    };

    /// <exception cref="RefusalException">START-RECIPE.</exception>
    public void Check()
    {
        Require(Voxels >= 1, $"{Voxels} simulated voxels", "at least 1");
        Require(IsRange(D) && D is { Lower: >= 0, Upper: <= 1 }, "a range of D that is none", "within 0 to 1 mm²/s");
        Require(IsRange(F) && F is { Lower: >= 0, Upper: <= 1 }, "a range of f that is none", "within 0 to 1");
        Require(IsRange(DStar) && DStar is { Lower: > 0, Upper: <= 1 }, "a range of D* that is none",
            "above 0, at most 1 mm²/s");
        Require(IsRange(SignalToNoise) && SignalToNoise.Lower > 0, "a range of SNR that is none", "above 0");
    }

    /// <summary>
    /// Signals relative to the mean of their own b = 0 signals, or of their lowest b-value's. Voxel v follows from
    /// the recipe, the list, the seed and v.
    /// </summary>
    /// <exception cref="RefusalException">START-RECIPE.</exception>
    public TrainingSet Draw(BValueList b, ulong seed)
    {
        Check();
        return new TrainingSet(StartSignals.Draw(this, b, seed), b)
        {
            Start = new StartingPoint((D.Lower + D.Upper) / 2, (F.Lower + F.Upper) / 2,
                Math.Sqrt(DStar.Lower * DStar.Upper), 1),
        };
    }

    private static bool IsRange(Bounds range) =>
        double.IsFinite(range.Lower) && double.IsFinite(range.Upper) && range.Lower <= range.Upper;

    private static void Require(bool holds, string found, string expected)
    {
        if (!holds) throw new RefusalException("START-RECIPE", found, expected, "change the protocol's start");
    }
}
