namespace Ivim.Learning;

/// <summary>
/// A training between two steps. One that resumes from here ends with the same bits as one that never stopped.
/// </summary>
public sealed record TrainingState
{
    /// <summary>Steps made.</summary>
    public required int Step { get; init; }

    public required NamedArrays Weights { get; init; }

    /// <summary>Adam's running means of the gradients and of their squares.</summary>
    public required NamedArrays FirstMoments { get; init; }

    public required NamedArrays SecondMoments { get; init; }

    public required NamedArrays BestWeights { get; init; }

    public required double BestLoss { get; init; }

    public required InputConditioning Conditioning { get; init; }

    public required IReadOnlyList<double> LossHistory { get; init; }

    /// <summary>What the moving-variance rule has seen; empty where the rule is off.</summary>
    public NamedArrays Variance { get; init; } = new([]);

    public NamedArrays ToArrays() => new([
        new NamedArray("state/step", new long[] { Step }, 1),
        new NamedArray("state/best", new[] { BestLoss }, 1),
        new NamedArray("state/history", LossHistory.ToArray(), LossHistory.Count),
        .. Weights.Into("weights"),
        .. FirstMoments.Into("first"),
        .. SecondMoments.Into("second"),
        .. BestWeights.Into("best"),
        .. Conditioning.ToArrays().Into("conditioning"),
        .. Variance.Into("variance"),
    ]);

    /// <exception cref="Ivim.Physics.RefusalException">ARRAY-MISSING, ARRAY-TYPE.</exception>
    public static TrainingState From(NamedArrays arrays) => new()
    {
        Step = (int)arrays.Longs("state/step")[0],
        BestLoss = arrays.Doubles("state/best")[0],
        LossHistory = arrays.Doubles("state/history"),
        Weights = arrays.In("weights"),
        FirstMoments = arrays.In("first"),
        SecondMoments = arrays.In("second"),
        BestWeights = arrays.In("best"),
        Conditioning = InputConditioning.From(arrays.In("conditioning")),
        Variance = arrays.In("variance"),
    };
}
