namespace Ivim.Learning;

/// <summary>What a training leaves behind. All arrays are copies; nothing in here belongs to Torch.</summary>
public sealed record TrainedMember
{
    private const string SwappedName = "outcome/swapped";

    /// <summary>The chosen weights, in the network's order.</summary>
    public required NamedArrays Weights { get; init; }

    public required InputConditioning Conditioning { get; init; }

    /// <summary>Probe loss of the chosen weights: weighted mean squared residual of the relative signals.</summary>
    public required double Loss { get; init; }

    /// <summary>Steps made, whichever weights were chosen.</summary>
    public required int Steps { get; init; }

    public required StopReason StopReason { get; init; }

    /// <summary>
    /// Whether the loss stayed above the guard's multiple of the reference loss; false where none was given.
    /// </summary>
    public required bool UnderFit { get; init; }

    /// <summary>
    /// Whether the network's slow and fast components changed places, so that <see cref="Inference"/> changes them
    /// back; only networks whose bounds overlap can do that.
    /// </summary>
    public bool Swapped { get; init; }

    /// <summary>Probe losses: before the first step, then at every evaluation.</summary>
    public required IReadOnlyList<double> LossHistory { get; init; }

    /// <summary>Everything, to be written to a file or given to another training as its warm start.</summary>
    public NamedArrays ToArrays() => new([
        .. Weights.Into("weights"),
        .. Conditioning.ToArrays().Into("conditioning"),
        new NamedArray("outcome/counts", new long[] { Steps, (long)StopReason, UnderFit ? 1 : 0 }, 3),
        new NamedArray("outcome/loss", new[] { Loss }, 1),
        new NamedArray("outcome/history", LossHistory.ToArray(), LossHistory.Count),
        .. Swapped ? [new NamedArray(SwappedName, new long[] { 1 }, 1)] : Array.Empty<NamedArray>(),
    ]);

    /// <exception cref="Ivim.Physics.RefusalException">ARRAY-MISSING, ARRAY-TYPE.</exception>
    public static TrainedMember From(NamedArrays arrays)
    {
        long[] counts = arrays.Longs("outcome/counts");
        return new TrainedMember
        {
            Weights = arrays.In("weights"),
            Conditioning = InputConditioning.From(arrays.In("conditioning")),
            Loss = arrays.Doubles("outcome/loss")[0],
            Steps = (int)counts[0],
            StopReason = (StopReason)counts[1],
            UnderFit = counts[2] != 0,
            Swapped = arrays.Has(SwappedName),
            LossHistory = arrays.Doubles("outcome/history"),
        };
    }
}
