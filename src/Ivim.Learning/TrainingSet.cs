using Ivim.Physics;

namespace Ivim.Learning;

/// <summary>The voxels that one member learns from, and what the caller knows about them.</summary>
public sealed record TrainingSet
{
    /// <param name="signals">
    /// Signals relative to the voxel's reference (its b = 0 signal), [voxels, B], finite; not copied.
    /// </param>
    /// <exception cref="RefusalException">TRAINING-EMPTY, TRAINING-NONFINITE, TRAINING-LENGTH.</exception>
    public TrainingSet(float[] signals, BValueList b)
    {
        if (signals.Length == 0)
            throw new RefusalException("TRAINING-EMPTY", "no voxel", "at least one voxel", "check the mask");
        Checked(signals, signals.Length / b.Count * b.Count, b);
        (Signals, B) = (signals, b);
    }

    public float[] Signals { get; }

    public BValueList B { get; }

    public int Voxels => Signals.Length / B.Count;

    /// <summary>Where the output starts, usually the medians of a segmented fit.</summary>
    public StartingPoint Start { get; init; } = StartingPoint.Default;

    /// <summary>Mean squared residual of a bounded least-squares fit of the same signals, times B / (B - 4).</summary>
    public double? ReferenceLoss { get; init; }

    /// <summary>
    /// Noise variance of the relative signals (as <see cref="Measured"/> where there are such), averaged with the
    /// weights of the loss.
    /// </summary>
    public double? NoiseVariance { get; init; }

    /// <summary>
    /// The same signals as measured, where <see cref="Signals"/> were denoised; the discrepancy principle then looks at
    /// these. [voxels, B], finite.
    /// </summary>
    /// <exception cref="RefusalException">TRAINING-LENGTH, TRAINING-NONFINITE.</exception>
    public float[]? Measured
    {
        get;
        init => field = value is null ? null : Checked(value, Signals.Length, B);
    }

    /// <summary>
    /// Standard deviation of the noise of the channels that one magnitude comes from, relative as the signals are,
    /// [voxels], above 0: the prediction is then compared as the mean of such magnitudes. Null to compare it as it is.
    /// </summary>
    /// <exception cref="RefusalException">TRAINING-LENGTH, TRAINING-NONFINITE.</exception>
    public float[]? Sigma
    {
        get;
        init => field = value is null ? null : CheckedSigma(value, Voxels);
    }

    /// <summary>The weight of each b-value in the loss, n_b / mean(n_b); length B.</summary>
    internal float[] Weights => [.. B.Averages.Select(n => (float)(n / B.Averages.Average()))];

    private static float[] CheckedSigma(float[] sigma, int voxels)
    {
        if (sigma.Length != voxels)
            throw new RefusalException("TRAINING-LENGTH", $"{sigma.Length} noise levels", $"{voxels}: one a voxel",
                "give one for every voxel");
        if (Array.Exists(sigma, value => !(value > 0 && float.IsFinite(value))))
            throw new RefusalException("TRAINING-NONFINITE", "a noise level that is no number above 0",
                "noise levels above 0", "compare signals without a noise floor");
        return sigma;
    }

    private static float[] Checked(float[] signals, int expected, BValueList b)
    {
        if (signals.Length != expected)
            throw new RefusalException("TRAINING-LENGTH", $"{signals.Length} values",
                $"{expected}: one for each voxel and each of {b.Count} b-values",
                "give one signal for every voxel and b-value");
        if (Array.Exists(signals, value => !float.IsFinite(value)))
            throw new RefusalException("TRAINING-NONFINITE", "a signal that is not finite", "finite signals only",
                "mask such voxels out");
        return signals;
    }
}
